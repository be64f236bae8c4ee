import path from 'node:path'
import { SyntaxKind, type Expression, type Node, type SourceFile } from 'typescript/unstable/ast'
import {
  isBinaryExpression,
  isJsxText,
  isNoSubstitutionTemplateLiteral,
  isPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is'
import { API, TypeFlags, type Checker, type Project, type Type } from 'typescript/unstable/sync'

/** A text of the source that a user may read, with `…` for what is filled in. */
export interface ShownText {
  readonly at: string
  readonly text: string
}

/**
 * The texts of a project's own files that a person may read and that match `pattern`: literals, templates and text of pages
 * that are not keys. A literal is a key where it names something to the program: a module, a property, a value compared
 * with, or a value of a type that lists its values.
 */
export function shownTexts(config: string, folder: string, pattern: RegExp): readonly ShownText[] {
  const api = new API({ cwd: process.cwd() })
  try {
    const [project] = api.updateSnapshot({ openProjects: [path.resolve(config)] }).getProjects()
    if (project === undefined) throw new Error(`${config} is not a project`)
    return filesOf(project, path.resolve(folder)).flatMap((file) => textsOf(file, project.checker, pattern))
  } finally {
    api.close()
  }
}

function filesOf({ program }: Project, folder: string): readonly SourceFile[] {
  return program
    .getSourceFileNames()
    .filter((name) => name.startsWith(`${folder}${path.sep}`))
    .flatMap((name) => program.getSourceFile(name) ?? [])
}

function textsOf(file: SourceFile, checker: Checker, pattern: RegExp): readonly ShownText[] {
  const found: ShownText[] = []
  const keep = (node: Node, text: string): void => {
    if (!pattern.test(text)) return
    const line = file.text.slice(0, node.getStart(file)).split('\n').length
    found.push({ at: `${path.relative('', file.fileName)}:${line}`, text })
  }
  const visit = (node: Node): void => {
    if (isJsxText(node)) keep(node, node.text)
    else if (isTemplateExpression(node)) keep(node, node.getText(file).replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…'))
    else if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node))
      if (pattern.test(node.text) && !isKey(node, checker)) keep(node, node.text)
    node.forEachChild(visit)
  }
  visit(file)
  return found
}

const KEY_PLACES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.LiteralType,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CaseClause,
])

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InKeyword,
])

function isKey(literal: Expression, checker: Checker): boolean {
  const { parent } = literal
  if (KEY_PLACES.has(parent.kind)) return true
  if (isPropertyAssignment(parent) && parent.name === literal) return true
  if (isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind)) return true
  const type = checker.getContextualType(literal)
  return type !== undefined && listsItsValues(type)
}

const LISTED = TypeFlags.StringLiteral | TypeFlags.BooleanLiteral | TypeFlags.Undefined | TypeFlags.Null

/** Whether a type is made of literals alone, so that a text of it is one of a list. */
function listsItsValues(type: Type): boolean {
  return type.isUnionType() ? type.getTypes().every(listsItsValues) : (type.flags & LISTED) !== 0
}
