// Writes the JSON Schemas that are published with the package. A test says when they are not current.
import fs from 'node:fs'
import path from 'node:path'
import { briefSchemas } from '../src/brief/schemas.ts'
import { publishedSchemas } from '../src/compare/schemas.ts'

const folder = path.join(import.meta.dirname, '..', 'schemas')
fs.mkdirSync(folder, { recursive: true })
for (const [name, text] of [...publishedSchemas(), ...briefSchemas()]) fs.writeFileSync(path.join(folder, name), text)
