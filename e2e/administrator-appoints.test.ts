import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';
import { deskOf } from './journey-steps.ts';

/** Somebody is appointed, signs in and works; then leaves, and the open work moves to a colleague. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const OWN_PASSWORD = 'my own long password';

/** A lamp that was dispatched to the planning office of town A. */
const dispatched = async (): Promise<string> => {
  const { people, points, categories, organizations } = product.server.world;
  const id = v7();
  const send = async (as: Parameters<typeof product.server.as>[0], url: string, body: object): Promise<void> => {
    const answer = await product.server.as(as, { method: 'POST', url: `/api/v1${url}`, body });
    expect(answer.statusCode, answer.body).toBeLessThan(300);
  };
  await send(people.residentA, '/cases', { id, text: '人民公园北门两盏路灯不亮', categoryId: categories.lamp, point: points.inA11 });
  await send(people.dispatcherA, `/cases/${id}/actions`, { commandId: v7(), action: 'accept', version: 1, input: {} });
  await send(people.dispatcherA, `/cases/${id}/actions`, {
    commandId: v7(),
    action: 'dispatch',
    version: 2,
    input: { organizationId: organizations.bodyA.organizationId },
  });
  return id;
};

test('an administrator appoints a person, who signs in and works; then leaves, and the open work moves', async () => {
  const { people } = product.server.world;
  const caseId = await dispatched();
  const admin = await product.open({ as: people.administrator });
  let password = '';
  await withPicture(admin, 'appoint', async () => {
    await admin.goto('/desk/');
    await admin.getByRole('button', { name: '管理', exact: true }).click();
    await admin.getByRole('link', { name: '机构人员与清单' }).click();
    await admin.getByRole('heading', { level: 1, name: '人员' }).waitFor();
    await admin.getByRole('button', { name: '新增人员' }).click();
    const drawer = admin.getByRole('dialog', { name: '新增人员' });
    await drawer.getByRole('button', { name: '任命', exact: true }).click();
    await drawer.getByText('请先填写：姓名').waitFor();
    await drawer.getByLabel('姓名').fill('梁小灯');
    await drawer.getByLabel('用户名').fill('liang-xiaodeng');
    await drawer.getByLabel('单位').fill('规划建设');
    await admin.getByTitle('甲镇规划建设办').click();
    await drawer.getByLabel('岗位', { exact: true }).click();
    await admin.getByTitle('甲镇规划建设办承办员（在岗 1 人）').click();
    await drawer.getByRole('button', { name: '任命', exact: true }).click();
    await drawer.getByText('liang-xiaodeng 的初始密码').waitFor();
    password = (await drawer.locator('.code').textContent())!.trim();
    await drawer.getByRole('button', { name: '关闭' }).last().click();
    await admin.getByLabel('用户名').fill('liang');
    await admin.getByText('尚未更换初始密码').waitFor();
    expect(await accessibilityFindings(admin)).toEqual([]);
  });

  const clerk = await product.open();
  await withPicture(clerk, 'appointed', async () => {
    await clerk.goto('/desk/sign-in');
    await clerk.getByLabel('用户名').fill('liang-xiaodeng');
    await clerk.getByLabel('密码', { exact: true }).fill(password);
    await clerk.getByRole('button', { name: '登录', exact: true }).click();
    await clerk.getByText('您的密码由管理员设置', { exact: false }).waitFor();
    await clerk.getByRole('alert').getByRole('link', { name: '账号安全' }).click();
    const change = clerk.getByRole('region', { name: '修改密码' });
    await change.getByLabel('当前密码').fill(password);
    await change.getByLabel('新密码').fill(OWN_PASSWORD);
    await change.getByRole('button', { name: '修改' }).click();
    await change.getByText('密码已修改。').waitFor();
    await clerk.getByText('您的密码由管理员设置', { exact: false }).waitFor({ state: 'detached' });
    await clerk.goto(`/desk/cases/${caseId}`);
    await deskOf(product).act(clerk, '签收');
    await clerk.getByRole('button', { name: '办结', exact: true }).waitFor();
  });

  await withPicture(admin, 'leave', async () => {
    await admin.getByRole('button', { name: '打开梁小灯' }).click();
    const person = admin.getByRole('dialog', { name: '梁小灯' });
    await person.getByRole('button', { name: '离岗' }).click();
    const leave = admin.getByRole('dialog', { name: /梁小灯离开/ });
    await leave.getByText('有 1 件没办完的工单要交接').waitFor();
    await leave.getByLabel('由谁接手').click();
    await admin
      .getByTitle(/handler-a/)
      .first()
      .click();
    await leave.getByRole('button', { name: '结束岗位' }).click();
    await leave.getByText('已离岗，移交 1 件。').waitFor();
    await leave.getByRole('button', { name: '关闭' }).last().click();
  });
  await withPicture(clerk, 'left', async () => {
    await clerk.goto(`/desk/cases/${caseId}`);
    await clerk.getByLabel('用户名').waitFor();
  });
  const colleague = await product.open({ as: people.handlerA });
  await withPicture(colleague, 'taken-over', async () => {
    await colleague.goto(`/desk/cases/${caseId}`);
    await colleague.getByText('工作交接').waitFor();
    await colleague.getByRole('button', { name: '办结', exact: true }).waitFor();
  });
});

test('a post is made for one community of a body whose area is a town, and says so', async () => {
  const { people } = product.server.world;
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'post-area', async () => {
    await page.goto('/desk/admin/organizations');
    await page.getByRole('button', { name: '打开甲镇规划建设办' }).click();
    const body = page.getByRole('dialog', { name: '甲镇规划建设办' });
    await body.getByRole('button', { name: '新增岗位' }).click();
    const form = page.getByRole('dialog', { name: '新增岗位' });
    await form.getByLabel('岗位名称', { exact: true }).fill('甲一社区承办员');
    await form.getByLabel('岗位类别').click();
    await page.getByTitle('承办', { exact: false }).first().click();
    await form.getByText('不选就是单位的区域：甲镇。').waitFor();
    await form.getByLabel('管辖区域').click();
    await page.getByRole('menuitemcheckbox', { name: '甲一社区', exact: true }).click();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: '保存' }).click();
    await body.getByText('甲一社区承办员').waitFor();
    await body
      .getByRole('listitem')
      .filter({ hasText: '甲一社区承办员' })
      .getByText(/甲一社区 ·/u)
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});

test('an article written by a head stands in the answer of an operator', async () => {
  const { people } = product.server.world;
  const head = await product.open({ as: people.bodyHeadA });
  await withPicture(head, 'article', async () => {
    await head.goto('/desk/admin/articles');
    await head.getByRole('button', { name: '新增条目' }).click();
    const drawer = head.getByRole('dialog', { name: '新增条目' });
    await drawer.getByLabel('标题').fill('居住证怎么办理');
    await drawer.getByLabel('正文').fill('请带身份证和租赁合同，到镇公共服务办办理，五个工作日办好。');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.waitFor({ state: 'detached' });
    await head.getByLabel('查找').fill('租赁合同');
    await head.getByText('居住证怎么办理').waitFor();
    // Words came with the page in one language; the other comes when it is chosen, for what is open too.
    await head.getByRole('button', { name: 'English' }).click();
    await head.getByRole('button', { name: 'New article' }).waitFor();
    await head.getByText('居住证怎么办理').waitFor();
    await head.getByRole('button', { name: '中文' }).click();
    await head.getByRole('button', { name: '新增条目' }).waitFor();
  });
  const id = v7();
  const filed = await product.server.as(people.operator, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '想问居住证怎么办', channel: 'hotline', demandKind: 'consultation' },
  });
  expect(filed.statusCode, filed.body).toBe(201);
  const operator = await product.open({ as: people.operator });
  await withPicture(operator, 'insert-article', async () => {
    await operator.goto(`/desk/cases/${id}`);
    await operator.getByRole('button', { name: '直接答复', exact: true }).click();
    const drawer = operator.getByRole('dialog', { name: '直接答复' });
    await drawer
      .getByRole('button', { name: /从知识库放入/ })
      .first()
      .click();
    await operator.getByLabel('查找条目').fill('居住证');
    await operator.getByRole('button', { name: '放入“居住证怎么办理”' }).click();
    expect(await drawer.locator('textarea').first().inputValue()).toContain('请带身份证和租赁合同');
  });
});

test('a head plans a night, sees what is open, and copies the week', async () => {
  const page = await product.open({ as: product.server.world.people.bodyHeadA });
  await withPicture(page, 'roster', async () => {
    await page.goto('/desk/admin/roster');
    await page.getByText('没有人值班', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: '排班' }).click();
    const drawer = page.getByRole('dialog', { name: '排班' });
    await drawer.getByLabel('岗位').click();
    await page.getByTitle('甲镇规划建设办主任（在岗 1 人）').click();
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('17:30–10月1日 09:00 甲镇规划建设办主任').waitFor();
    await page.getByRole('button', { name: '复制到下一周' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '复制到下一周' }).click();
    await page.getByText('已复制到这一周。').waitFor();
    await page.getByText('17:30–10月8日 09:00 甲镇规划建设办主任').waitFor();
  });
});

test('a dispatcher is offered no administration, and told so at its address', async () => {
  const page = await product.open({ as: product.server.world.people.dispatcherA });
  await page.goto('/desk/admin/people');
  await page.getByText('您的岗位没有这一项管理权限。').waitFor();
  await page.getByRole('button', { name: '管理', exact: true }).click();
  await page.getByRole('link', { name: '办理流程' }).waitFor();
  expect(await page.getByRole('link', { name: '机构人员与清单' }).count()).toBe(0);
});

test('an administrator writes what a category asks, and who reports by the interface is asked it', async () => {
  const page = await product.open({ as: product.server.world.people.administrator });
  await withPicture(page, 'questions', async () => {
    await page.goto('/desk/admin/categories');
    await page.getByRole('button', { name: '打开入学咨询' }).click();
    const drawer = page.getByRole('dialog', { name: '入学咨询' });
    await drawer.getByRole('button', { name: '加一问' }).click();
    const question = drawer.getByRole('region', { name: '第 1 问' });
    await question.getByLabel('第 1 问', { exact: true }).fill('旁边有没有学校');
    await question.getByLabel('怎么回答').click();
    await page.getByTitle('选一项').click();
    // A choice needs something to choose from.
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByLabel('选项').pressSequentially('有 | Yes');
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.waitFor({ state: 'detached' });
  });
  const { categories } = (await product.server.as('anonymous', { url: '/api/v1/categories' })).json<{
    categories: { id: string; questions: unknown[] }[];
  }>();
  expect(categories.find(({ id }) => id === product.server.world.categories.schooling)?.questions).toMatchObject([
    { label: { zh: '旁边有没有学校' }, kind: 'choice', required: false, options: [{ label: { zh: '有', en: 'Yes' } }] },
  ]);
});
