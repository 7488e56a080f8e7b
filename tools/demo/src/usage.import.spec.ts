import { usageMessage } from './usage.import';

const row = { ts: 1_541_105_830_796, userId: '39', sessionId: 38, page: 'Home', level: 'free' };

describe('reading an app event log', () => {
  it('makes the page the feature and keeps the instant', () => {
    expect(usageMessage(JSON.stringify(row), 1)).toMatchObject({
      type: 'track',
      event: 'Feature Used',
      userId: '39',
      timestamp: '2018-11-01T20:57:10.796Z',
      properties: { feature: 'Home', level: 'free' },
    });
  });

  it('gives rows without a user to the visitor of their session, never to one lead', () => {
    const stranger = usageMessage(JSON.stringify({ ...row, userId: '' }), 7);
    expect(stranger.userId).toBeUndefined();
    expect(stranger.anonymousId).toBe('session-38');
  });

  it('names the same line the same and two equal lines apart', () => {
    const line = JSON.stringify(row);
    expect(usageMessage(line, 3).messageId).toBe(usageMessage(line, 3).messageId);
    expect(usageMessage(line, 4).messageId).not.toBe(usageMessage(line, 3).messageId);
  });

  it('refuses a line that is no row', () => {
    expect(() => usageMessage('{"page":"Home"}', 1)).toThrow('numeric ts');
    expect(() => usageMessage('{', 1)).toThrow(SyntaxError);
  });
});
