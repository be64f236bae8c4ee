import type { SolutionAct } from '../../world/index.ts'

/** The command that does in a shell what one of the file tools does; nothing where the act has no such command. */
export function byShell({ tool, input }: Pick<SolutionAct, 'tool' | 'input'>): string | undefined {
  const text = (key: string): string => {
    const value = input[key]
    return typeof value === 'string' ? value : ''
  }
  const path = quoted(text('path'))
  switch (tool) {
    case 'read':
      return `cat ${path}`
    case 'write':
      return `mkdir -p "$(dirname ${path})" && ${putInto(path, text('content'))}`
    case 'edit':
      return `old=${quoted(text('old'))}; new=${quoted(text('new'))}; all=$(cat ${path}; printf x); all=\${all%x}; printf %s "\${all/"$old"/"$new"}" > ${path}`
    case 'list':
      return text('path') === '' ? 'ls -p' : `ls -p ${path}`
    case 'search':
      return `grep -rnF -e ${quoted(text('text'))} ${text('path') === '' ? '.' : path}`
    default:
      return undefined
  }
}

/** Word for word, as a person writes a file: a fact in it can be read in the command. */
function putInto(path: string, content: string): string {
  const isPlain = content.endsWith('\n') && !content.split('\n').includes('END')
  return isPlain ? `cat > ${path} <<'END'\n${content}END` : `printf %s ${quoted(content)} > ${path}`
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
