// SPDX-License-Identifier: GPL-3.0-or-later
//
// The most used JavaScript parser over the bytes of a file, in the same pieces as ours: prints megabytes a second of its own work.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { createParser } = await import(pathToFileURL(process.env.RUSHES_EVENTSOURCE_PARSER).href)
const bytes = readFileSync(process.argv[2])
const piece = 64 * 1024
let best = Infinity

for (let round = 0; round < 5; round++) {
  const decoder = new TextDecoder()
  let sum = 0
  const parser = createParser({ onEvent: (event) => { sum += event.data.length } })
  const begin = process.cpuUsage()
  for (let i = 0; i < bytes.length; i += piece)
    parser.feed(decoder.decode(bytes.subarray(i, i + piece), { stream: true }))
  best = Math.min(best, process.cpuUsage(begin).user / 1e6)
  if (sum === 0) process.exit(1)
}
console.log((bytes.length / best / 1e6).toFixed(1))
