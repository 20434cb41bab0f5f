import { readChannels } from '../../stages/channels';

it('nothing set tells nobody, and is no mistake', () => {
  const nobody = { channels: { emails: [], existing: [] }, mistakes: [] };
  expect(readChannels({})).toEqual(nobody);
  expect(readChannels({ ALERT_EMAILS: '', ALERT_CHANNELS: '' })).toEqual(nobody);
});

it('addresses and channels are read, each once, with spaces around commas', () => {
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
  'the address %j is a mistake, and the good ones beside it are kept',
  (address) => {
    const given = `ops@example.com,${address}`;
    expect(readChannels({ ALERT_EMAILS: given })).toEqual({
      channels: { emails: ['ops@example.com'], existing: [] },
      mistakes: [
        {
          subject: 'ALERT_EMAILS',
          given,
          wrong: `${JSON.stringify(address)} is not one`,
          expected: 'addresses such as ops@example.com, with commas between',
          fix: 'correct it, or take it out',
        },
      ],
    });
  },
);

it('every mistake is told, an empty item and a channel without its project among them', () => {
  const { mistakes } = readChannels({ ALERT_EMAILS: 'ops@example.com,', ALERT_CHANNELS: '7,8' });
  expect(mistakes.map(({ subject, wrong }) => [subject, wrong])).toEqual([
    ['ALERT_EMAILS', 'an item is empty'],
    ['ALERT_CHANNELS', '"7" is not one'],
    ['ALERT_CHANNELS', '"8" is not one'],
  ]);
});
