import fs from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A program that answers as docker does, runs what it is told to on this machine, and keeps what it was asked. */
export function fakeDocker(): { readonly program: string; readonly asked: () => readonly (readonly string[])[] } {
  const folder = temporaryFolder()
  const program = path.join(folder, 'docker')
  const log = path.join(folder, 'log')
  fs.writeFileSync(
    program,
    `#!/bin/bash
printf '%s\\0' "$@" >> ${log}; printf '\\n' >> ${log}
case "$1" in
  exec) shift; cd $(cat ${folder}/workspace); shift; exec "$@";;
  run) for word in "$@"; do case "$word" in type=bind,source=*,target=/workspace) source=\${word#*source=}; echo \${source%%,*} > ${folder}/workspace;; esac; done; if [[ "$*" == *missing:image* ]]; then echo "Unable to find image" >&2; exit 125; fi;;
esac
`,
    { mode: 0o755 },
  )
  return {
    program,
    asked: () =>
      fs
        .readFileSync(log, 'utf8')
        .split('\0\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\0')),
  }
}
