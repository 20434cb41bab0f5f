import { readChannels } from '../../stages/channels';

it('has no channels by default', () => {
  const none = { channels: { emails: [], existing: [] }, mistakes: [] };
  expect(readChannels({})).toEqual(none);
  expect(readChannels({ ALERT_EMAILS: '', ALERT_CHANNELS: '' })).toEqual(none);
});

it('reads addresses and channels once each, with spaces around commas', () => {
  const env = {
    ALERT_EMAILS: 'ops@example.com, dev+alerts@mail.example.com,ops@example.com',
    ALERT_CHANNELS: 'projects/p/notificationChannels/1,projects/p/notificationChannels/22',
  };
  expect(readChannels(env)).toEqual({
    channels: {
      emails: ['ops@example.com', 'dev+alerts@mail.example.com'],
      existing: ['projects/p/notificationChannels/1', 'projects/p/notificationChannels/22'],
    },
    mistakes: [],
  });
});

it.each(['ops', 'ops@example', 'ops@@example.com', '@example.com', 'a b@example.com'])(
  'rejects the address %j, and keeps the valid ones',
  (address) => {
    const given = `ops@example.com,${address}`;
    expect(readChannels({ ALERT_EMAILS: given })).toEqual({
      channels: { emails: ['ops@example.com'], existing: [] },
      mistakes: [
        {
          subject: 'ALERT_EMAILS',
          given,
          wrong: `${JSON.stringify(address)} is not an email address`,
          expected: 'comma-separated addresses such as ops@example.com',
          fix: 'correct or remove it',
        },
      ],
    });
  },
);

it('reports every mistake, such as an empty item or a channel without its project', () => {
  const { mistakes } = readChannels({ ALERT_EMAILS: 'ops@example.com,', ALERT_CHANNELS: '7,8' });
  expect(mistakes.map(({ subject, wrong }) => [subject, wrong])).toEqual([
    ['ALERT_EMAILS', 'must not have an empty item'],
    ['ALERT_CHANNELS', '"7" is not the id of a notification channel'],
    ['ALERT_CHANNELS', '"8" is not the id of a notification channel'],
  ]);
});
