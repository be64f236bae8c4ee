import { describe, test } from 'vitest'
import { openModel } from '../../src/model/index.ts'
import { modelContract } from '../../src/testing/index.ts'

describe.each(['control/echo', 'control/silent', 'control/coin?p=0.3&a=yes&b=no'])('the model %s', (name) => {
  test.each(modelContract(() => openModel(name)))('$name', ({ run }) => run())
})
