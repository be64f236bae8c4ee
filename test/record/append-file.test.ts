import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { AppendFile, writeWhole } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const lasting = { durability: 'each-second', now: () => 0 } as const

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

describe('a file that only grows', () => {
  test('cuts off the part of a line that a full disk took, and goes on when there is room', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const append = new AppendFile(file, lasting)
    append.append('one')
    const real = fs.writeSync
    const spy = vi
      .spyOn(fs, 'writeSync')
      .mockImplementationOnce((fd: number) => real(fd, 'tw'))
      .mockImplementationOnce(() => {
        throw noSpace()
      })
    expect(() => append.append('two')).toThrow(expect.objectContaining({ code: 'record/disk-full', exit: 3 }))
    spy.mockRestore()
    expect(fs.readFileSync(file, 'utf8')).toBe('one\n')
    append.append('three')
    await append.close()
    expect(fs.readFileSync(file, 'utf8')).toBe('one\nthree\n')
  })

  test('a sync that failed is reported at the latest when the file is closed', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    let now = 0
    const append = new AppendFile(file, { durability: 'each-second', now: () => now })
    const spy = vi.spyOn(fs, 'fdatasync').mockImplementationOnce((_fd, done) => setImmediate(() => done(noSpace())))
    now = 2000
    append.append('one')
    await expect(append.close()).rejects.toMatchObject({ code: 'record/disk-full' })
    spy.mockRestore()
  })

  test('with durability each event, every line is on the disk when append returns', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const append = new AppendFile(file, { durability: 'each-event', now: () => 0 })
    const spy = vi.spyOn(fs, 'fdatasyncSync')
    append.append('one')
    append.append('two')
    expect(spy).toHaveBeenCalledTimes(2)
    spy.mockRestore()
    await append.close()
  })

  test('otherwise it is synced once a second of writing, and at the end', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    let now = 0
    const append = new AppendFile(file, { durability: 'each-second', now: () => now })
    const spy = vi.spyOn(fs, 'fdatasync')
    for (now = 0; now <= 2500; now += 100) append.append('x')
    expect(spy.mock.calls.length).toBeLessThanOrEqual(2)
    await append.close()
    expect(spy).toHaveBeenCalledTimes(3)
    spy.mockRestore()
  })
})

describe('a whole file', () => {
  test('is the old one or the new one, and leaves nothing beside it', () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'findings.json')
    writeWhole(file, 'old')
    const spy = vi.spyOn(fs, 'writeFileSync').mockImplementationOnce(() => {
      throw noSpace()
    })
    expect(() => writeWhole(file, 'new')).toThrow(expect.objectContaining({ code: 'record/disk-full' }))
    spy.mockRestore()
    expect(fs.readFileSync(file, 'utf8')).toBe('old')
    expect(fs.readdirSync(folder)).toEqual(['findings.json'])
  })

  test('says in one line what stands in the way', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'file'), '')
    expect(() => writeWhole(path.join(folder, 'file', 'run.json'), '')).toThrow(
      expect.objectContaining({ code: 'record/unwritable', exit: 2, message: expect.not.stringContaining('\n') }),
    )
  })
})
