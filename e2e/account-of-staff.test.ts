import { addUser } from '@tongxin/server/modules/session/index.ts';
import { totp } from '@tongxin/testing/authenticator.ts';
import { afterAll, beforeAll, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';

/** What staff do for the safety of their own account. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

test('who has set up an authenticator is asked for its code, and a wrong one does not open the desk', async () => {
  const postIds = [product.server.world.people.handlerA.posts[0]!.postId];
  const [username, password] = ['li-four', 'a password of length'];
  await addUser(product.server.deps, { username, password, name: '李某', postIds });
  const page = await product.open();
  const signIn = async (): Promise<void> => {
    await page.goto('/desk/sign-in');
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
  };
  await withPicture(page, 'authenticator', async () => {
    await signIn();
    await page.getByRole('link', { name: '账号安全' }).click();
    const section = page.getByRole('region', { name: '动态验证码' });
    await section.getByLabel('当前密码').fill('not the password');
    await section.getByRole('button', { name: '设置验证器' }).click();
    await section.getByText('密码不对。').waitFor();
    await section.getByLabel('当前密码').fill(password);
    await section.getByRole('button', { name: '设置验证器' }).click();
    const secret = (await section.locator('.code').textContent())!;
    await section.getByLabel('填验证器上显示的六位数字', { exact: false }).fill(totp(secret));
    await section.getByRole('button', { name: '启用' }).click();
    await section.getByText('已启用', { exact: false }).waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('用户名').waitFor();
    await signIn();
    await page.getByLabel('动态验证码').fill(totp(secret) === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: '验证' }).click();
    await page.getByText('验证码不对，请看最新的六位数字。').waitFor();
    await page.getByLabel('动态验证码').fill(totp(secret));
    await page.getByRole('button', { name: '验证' }).click();
    await page.getByRole('heading', { name: '收件箱' }).waitFor();
  });
  await page.context().close();
});
