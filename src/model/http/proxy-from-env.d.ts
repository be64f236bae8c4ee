// The package ships no types of its own.
declare module 'proxy-from-env' {
  /** The proxy that the environment asks for, or the empty string. */
  export function getProxyForUrl(url: string): string
}
