// The whole product, started for the tests on ports and in a folder of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

export interface Facts {
  apiUrl: string;
  dashboardUrl: string;
  inboxUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    facts: Facts;
  }
}

const root = join(import.meta.dirname, '..', '..');
const patience = 120_000;

export default async function start(project: TestProject) {
  const data = await mkdtemp(join(tmpdir(), 'stack-'));
  const stack = spawn(join(root, '.atrium', 'bin', 'local'), {
    cwd: root,
    env: { ...process.env, PORT: String(await freePort()), ATRIUM_DATA: data },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  stack.stderr.on('data', (text) => said.push(String(text)));
  const ended = once(stack, 'exit');
  try {
    project.provide('facts', await ready(join(data, 'run.json'), ended, said));
  } catch (error) {
    stack.kill('SIGKILL');
    throw error;
  }
  return async () => {
    stack.kill('SIGINT');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
}

async function ready(file: string, ended: Promise<unknown>, said: string[]): Promise<Facts> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const deadline = Date.now() + patience; Date.now() < deadline && !over; ) {
    try {
      return JSON.parse(await readFile(file, 'utf8'));
    } catch {
      await new Promise((later) => setTimeout(later, 200));
    }
  }
  throw new Error(`the stack did not start:\n${said.join('')}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (!address || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
