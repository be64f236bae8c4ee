/** A kernel switch that forbids the namespaces in which bubblewrap keeps commands, and the value that does. */
const SWITCHES = [
  { name: 'user.max_user_namespaces', forbids: '0', allow: '15000' },
  { name: 'kernel.unprivileged_userns_clone', forbids: '0', allow: '1' },
  { name: 'kernel.apparmor_restrict_unprivileged_userns', forbids: '1', allow: '0' },
] as const

/**
 * What forbids user namespaces here, with the command that allows them; absent where no switch does.
 *
 * @param read the content of a file below `/proc/sys`; absent where there is none
 */
export function userNamespacesForbidden(read: (at: string) => string | undefined): string | undefined {
  const found = SWITCHES.find(({ name, forbids }) => read(`/proc/sys/${name.replaceAll('.', '/')}`)?.trim() === forbids)
  if (found === undefined) return undefined
  const { name, forbids, allow } = found
  return `This machine forbids user namespaces, which bwrap needs (${name} = ${forbids}). Allow them: sudo sysctl -w ${name}=${allow}`
}
