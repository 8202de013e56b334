import { defineConfig } from 'vitest/config';

// The tests of what is shown run in a Chromium, against the whole product as `make
// run` starts it: one stack and one browser for all of them.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/stack.ts',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
