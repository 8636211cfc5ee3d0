import { v7 as uuidv7 } from 'uuid';
import { type Command, CommandError } from './command.ts';
import { passwordFrom } from './user.ts';

/** An installation without a pack: its first area, that area's government, and the administrator who makes everything else on the screens. */
export const setupCommand: Command = {
  name: 'setup',
  describe:
    'makes the first area, its government and its administrator where no pack was loaded; the password comes from stdin or TONGXIN_NEW_PASSWORD',
  arguments: ['<code>', '<name>', '<username>'],
  options: [
    ['--kind <kind>', 'city, district or town; city when not said'],
    ['--administrator <name>', 'name of the person; kept sealed'],
  ],
  run: async ({ args, options, open }) => {
    const [code, name, username] = args as [string, string, string];
    const kind = String(options.kind ?? 'city');
    if (!['city', 'district', 'town'].includes(kind)) throw new CommandError('kindUnfit', 'the kind is city, district or town');
    if (!/^[0-9]{2,15}$/u.test(code)) throw new CommandError('codeUnfit', 'the code of the area is two to fifteen figures');
    if (name.trim() === '') throw new CommandError('nameMissing', 'give the name of the area');
    const { foundArea } = await import('../modules/area/index.ts');
    const { findTopArea, foundGovernment, saveRoles, saveServices } = await import('../modules/organization/index.ts');
    const { addUser } = await import('../modules/session/index.ts');
    const { withTransaction } = await import('../platform/tx/tx.ts');
    const deps = await open();
    const password = await passwordFrom();
    const now = deps.clock.now();
    const { maintenance } = deps.pools;
    const areaId = uuidv7();
    const postId = uuidv7();
    const known = await withTransaction(maintenance, async (tx) => {
      const top = await findTopArea(tx);
      if (top) return top;
      await saveRoles(tx);
      await foundArea(tx, { areaId, kind, code, name: { zh: name.trim() }, from: now });
      await foundGovernment(tx, { organizationId: uuidv7(), postId, areaId, name: { zh: `${name.trim()}人民政府` }, from: now });
      await saveServices(tx, areaId, deps.config.secrets.serviceTokens);
      return undefined;
    });
    if (known) throw new CommandError('alreadySetUp', 'there are areas already; appoint people on the screens, or with user add');
    const { personId } = await addUser(deps, { username, password, name: String(options.administrator ?? username), postIds: [postId] });
    return { ok: true, areaId, postId, username, personId };
  },
  tell: ({ username }) => `the area is made; ${username} signs in at /desk and finds 管理 in the menu`,
};
