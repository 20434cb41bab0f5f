import os from 'node:os';
import path from 'node:path';
import { callerOf } from '../../../ops/pauses/caller';
import { writeFiles } from '../../support/files';
import { temporaryFolder } from '../../support/temporary-folder';

const home = temporaryFolder();
writeFiles(home, {
  '.config/gcloud/active_config': 'work\n',
  '.config/gcloud/configurations/config_work':
    '[compute]\naccount = wrong@example.com\n[core]\nproject = p\naccount = ada@example.com\n',
  '.config/gcloud/configurations/config_default': '[core]\naccount = grace@example.com\n',
  'key.json': '{"client_email": "deploy@p.iam.gserviceaccount.com", "private_key": "secret"}',
  'user.json': '{"type": "authorized_user"}',
});

it.each([
  [{}, 'ada@example.com'],
  [{ CLOUDSDK_ACTIVE_CONFIG_NAME: 'default' }, 'grace@example.com'],
  [{ CLOUDSDK_CORE_ACCOUNT: 'alan@example.com' }, 'alan@example.com'],
  [
    { GOOGLE_APPLICATION_CREDENTIALS: path.join(home, 'key.json') },
    'deploy@p.iam.gserviceaccount.com',
  ],
  [{ GOOGLE_APPLICATION_CREDENTIALS: path.join(home, 'user.json') }, 'ada@example.com'],
  [{ GOOGLE_APPLICATION_CREDENTIALS: path.join(home, 'none.json') }, 'ada@example.com'],
  [{ CLOUDSDK_CONFIG: '/nowhere' }, `${os.userInfo().username}@${os.hostname()}`],
])('names who calls with %j: %s', (env, expected) => {
  expect(callerOf({ HOME: home, ...env })).toBe(expected);
});
