import { describe, expect, test } from 'vitest';
import { judgePublish, type PublishFacts, type PublishPolicy } from './publish-policy.ts';

const rules: PublishPolicy = {
  maxQoS: 2,
  messageSizeLimit: 0,
  retainAvailable: true,
  mayPublish: () => true,
  retainedLimit: () => null,
  hasSubscribers: () => true,
};
const publish: PublishFacts = { topic: 't', payloadBytes: 5, qos: 1, retain: false };

describe('what becomes of a PUBLISH', () => {
  test.each<[string, Partial<PublishFacts>, Partial<PublishPolicy>, object]>([
    ['good', {}, {}, { do: 'publish', code: 0x00 }],
    ['nobody subscribes', {}, { hasSubscribers: () => false }, { do: 'publish', code: 0x10 }],
    [
      'nobody subscribes, and no answer to say it in',
      { qos: 0 },
      { hasSubscribers: () => false },
      { do: 'publish', code: 0x00 },
    ],
    ['QoS too high', { qos: 2 }, { maxQoS: 1 }, { do: 'disconnect', code: 0x9b }],
    [
      'no RETAIN here',
      { retain: true },
      { retainAvailable: false },
      { do: 'disconnect', code: 0x9a },
    ],
    ['not allowed', {}, { mayPublish: (topic) => topic !== 't' }, { do: 'drop', code: 0x87 }],
    ['$SYS', { topic: '$SYS/broker/version' }, {}, { do: 'drop', code: 0x87 }],
    ['$SYS itself', { topic: '$SYS' }, {}, { do: 'drop', code: 0x87 }],
    ['a topic that only begins like it', { topic: '$SYSTEM' }, {}, { do: 'publish', code: 0x00 }],
    ['as large as it may be', {}, { messageSizeLimit: 5 }, { do: 'publish', code: 0x00 }],
    ['one byte larger', {}, { messageSizeLimit: 4 }, { do: 'too-large', code: 0x95 }],
    [
      'too much is retained',
      { retain: true },
      { retainedLimit: () => 'retainedBytes' },
      { do: 'limit', code: 0x97, limit: 'retainedBytes' },
    ],
    ['not retained', {}, { retainedLimit: () => 'retainedBytes' }, { do: 'publish', code: 0x00 }],
  ])('%s', (_, facts, more, verdict) => {
    expect(judgePublish({ ...publish, ...facts }, { ...rules, ...more })).toEqual(verdict);
  });
});
