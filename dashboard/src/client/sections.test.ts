import { describe, expect, it } from 'vitest';
import { framable, inOrder } from './sections';

describe('framable', () => {
  it.each([
    ['https://pages.example/x', true],
    ['https://dashboard.example/x', false],
    ['http://pages.example', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//pages.example', false],
    ['', false],
  ])('%s: %s', (url, may) => expect(framable(url, 'https://dashboard.example')).toBe(may));
});

it('inOrder has what was put first before the others, and each once', () => {
  expect(inOrder([{ key: 'reports' }], ['tab:reports', 'settings', 'gone'])).toEqual([
    'tab:reports',
    'settings',
    'home',
    'conversations',
    'analytics',
    'knowledge_base',
    'channels',
    'prompt',
  ]);
});
