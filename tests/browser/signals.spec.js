// What the page tells of its visitor: scrolling, sections, forms, anger, leaving. Each as the facts that rules see.

import { EITHER, NUMBER, TEXT, become, facts, gaugesOf, reach } from './helpers/gauges';
import { watchTrouble } from './helpers/trouble';
import { expect, test } from './helpers/test';

/** At once, though the bank's style sheet asks for a smooth way. */
const scrollTo = (page, share) =>
  page.evaluate((share) => window.scrollTo({ top: document.documentElement.scrollHeight * share, behavior: 'instant' }), share);

const start = async (page, desk, path) => {
  await page.goto(desk.url(path));
  await page.evaluate(() => window.bharosa.ready());
};

test.describe('scrolling', () => {
  test.use({ deskOptions: { config: gaugesOf({ scroll: ['page.scroll_pct', NUMBER], pages: ['session.pages', NUMBER] }) } });

  test('the depth grows with the way down, and not back up', async ({ page, desk }) => {
    await start(page, desk, '/loans/auto');
    await expect.poll(async () => (await facts(page)).scroll, 'what is seen at first counts').toBeGreaterThan(0);
    const { scroll } = await facts(page);
    expect(scroll).toBeLessThan(60);
    await scrollTo(page, 1);
    await become(page, { scroll: 100 });
    await scrollTo(page, 0);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300))));
    expect(await facts(page)).toMatchObject({ scroll: 100 });
  });

  test('a new route starts anew', async ({ page, desk }) => {
    await start(page, desk, '/loans/auto');
    await scrollTo(page, 1);
    await become(page, { scroll: 100 });
    await scrollTo(page, 0);
    await page.evaluate(() => history.pushState(null, '', '/rates'));
    await become(page, { pages: 2 });
    await expect.poll(async () => (await facts(page)).scroll).toBeGreaterThan(0);
    expect((await facts(page)).scroll).toBeLessThan(60);
  });
});

test.describe('sections', () => {
  const config = (config) => {
    gaugesOf({
      overview: ['section.overview.visible_s', NUMBER],
      fees: ['section.fees.visible_s', NUMBER],
      now: ['section.fees.continuous_s', NUMBER],
      late: ['section.late.visible_s', NUMBER],
      named: ['section.prices.visible_s', NUMBER],
    })(config);
    config.sections = { prices: { match: 'table' }, odd: { match: ':::' } };
  };
  test.use({ deskOptions: { config } });

  test('their time counts while they are before the visitor’s eyes', async ({ page, desk }) => {
    const trouble = watchTrouble(page);
    await start(page, desk, '/loans/auto');
    await reach(page, 'overview', 0.5);
    expect(await facts(page)).toMatchObject({ fees: 0, named: 0, late: 0 });
    await page.locator('[data-bharosa-section=fees]').evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await reach(page, 'fees', 0.5);
    await reach(page, 'named', 0.3);
    await scrollTo(page, 0);
    await become(page, { now: 0 });
    expect((await facts(page)).fees, 'what was read stays').toBeGreaterThanOrEqual(0.5);
    expect(trouble.warnings.join()).toMatch(/sections\.odd\.match: the browser cannot read this selector/);
    expect(trouble.thrown).toEqual([]);
  });

  test('one that appears later is found, and one taller than the window counts while it fills half of it', async ({ page, desk }) => {
    await start(page, desk, '/cards');
    await reach(page, 'overview', 0.1);
    await page.evaluate(() => {
      const late = document.createElement('section');
      late.dataset.bharosaSection = 'late';
      late.textContent = 'Late';
      const tall = document.createElement('div');
      tall.append(...Array.from({ length: 300 }, () => Object.assign(document.createElement('p'), { textContent: 'Long' })));
      late.append(tall);
      document.querySelector('main').prepend(late);
    });
    await scrollTo(page, 0.3);
    await reach(page, 'late', 0.5);
  });
});

test.describe('forms', () => {
  const config = gaugesOf({
    fields: ['form.transfer.fields', NUMBER],
    errors: ['form.transfer.errors', NUMBER],
    pause: ['form.transfer.hesitation_s', NUMBER],
    left: ['form.transfer.abandoned', EITHER],
  });
  test.use({ deskOptions: { config } });

  test('fields, pauses, errors and leaving are told, and nothing of what was typed', async ({ page, desk }) => {
    await start(page, desk, '/transfer');
    await page.evaluate(() => window.bharosa.trace(true));
    await page.locator('#payee').fill('Secret payee');
    await page.locator('#amount').fill('4711');
    await become(page, { fields: 2, left: false });
    await reach(page, 'pause', 0.5);
    await page.locator('#amount').press('Enter');
    // The bank's own check finds the missing account number.
    await become(page, { errors: 1, left: false });
    await page.getByRole('contentinfo').locator('a').first().focus();
    await become(page, { left: true, pause: 0 });
    const trace = JSON.stringify(await page.evaluate(() => window.bharosa.trace()));
    for (const typed of ['Secret', '4711', 'payee', 'amount', 'iban']) expect(trace).not.toContain(typed);
    expect(trace).toContain('"form"');
  });

  test.describe('that only signals ask about', () => {
    const signals = (config) => {
      config.signals = { errors: { count: 'form_error' }, left: { count: 'form_abandoned' } };
      gaugesOf({ errors: ['signals.errors', NUMBER], left: ['signals.left', NUMBER] })(config);
    };
    test.use({ deskOptions: { config: signals } });

    test('are watched too', async ({ page, desk }) => {
      await start(page, desk, '/transfer');
      await page.locator('#payee').fill('Sana');
      await page.locator('#payee').press('Enter');
      await expect.poll(async () => (await facts(page)).errors).toBeGreaterThan(0);
      await page.getByRole('contentinfo').locator('a').first().focus();
      await become(page, { left: 1 });
    });
  });

  test('a form that was sent is not abandoned', async ({ page, desk }) => {
    await start(page, desk, '/transfer');
    await page.locator('#payee').fill('Sana');
    await page.locator('#iban').fill('DE89 3704 0044 0532 0130 00');
    await page.locator('#amount').fill('10');
    await become(page, { fields: 3 });
    await page.locator('#amount').press('Enter');
    await page.getByRole('contentinfo').locator('a').first().focus();
    await become(page, { errors: 0, left: false });
  });

  test('a browser’s own check counts, and a field called id hides nothing', async ({ page, desk }) => {
    await start(page, desk, '/cards');
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.setAttribute('data-bharosa-form', 'transfer');
      for (const name of ['id', 'dataset', 'elements']) {
        form.append(Object.assign(document.createElement('input'), { name, required: true }));
      }
      document.querySelector('main').prepend(form);
      form.addEventListener('submit', (event) => event.preventDefault());
      form.querySelector('input').focus();
      form.requestSubmit();
    });
    await become(page, { errors: 3 });
  });
});

test.describe('anger and leaving', () => {
  const config = gaugesOf({
    rage: ['behaviour.rage_clicks', NUMBER],
    exit: ['behaviour.exit_intents', NUMBER],
  });
  test.use({ deskOptions: { config } });

  test('quick clicks at one spot count once, slow or distant or selecting ones do not', async ({ page, desk }) => {
    await start(page, desk, '/cards');
    const heading = page.getByRole('heading', { level: 1 });
    await heading.click({ clickCount: 3 });
    expect(await facts(page), 'a text is selected so').toMatchObject({ rage: 0 });
    await page.evaluate(() => getSelection().removeAllRanges());
    for (const x of [100, 400, 700]) await page.mouse.click(x, 8);
    expect(await facts(page)).toMatchObject({ rage: 0 });
    await page.evaluate(() => {
      for (let count = 0; count < 6; count += 1) {
        document.body.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 300, clientY: 300, detail: count + 1 }));
      }
    });
    expect(await facts(page)).toMatchObject({ rage: 1 });
  });

  test('the pointer that leaves over the top edge, and not at once', async ({ page, desk }) => {
    await start(page, desk, '/cards');
    const leave = (clientY) =>
      page.evaluate((clientY) => document.body.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY })), clientY);
    await leave(0);
    expect(await facts(page), 'whoever has just come').toMatchObject({ exit: 0 });
    await leave(400);
    expect(await facts(page), 'to the side').toMatchObject({ exit: 0 });
    await expect.poll(async () => {
      await leave(0);
      return (await facts(page)).exit;
    }).toBe(1);
  });

  test.describe('on a phone', () => {
    test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });

    test('the quick way back up after reading', async ({ page, desk }) => {
      await start(page, desk, '/loans/auto');
      const to = (share) => scrollTo(page, share);
      await to(0.1);
      await to(0);
      await to(0.6);
      await expect.poll(async () => {
        await to(0.6);
        await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
        await to(0.5);
        await to(0.2);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
        return (await facts(page)).exit;
      }).toBeGreaterThanOrEqual(1);
    });
  });
});

test.describe('the address and the way here', () => {
  const config = (config) => {
    gaugesOf({
      product: ['page.query.product', TEXT],
      utm: ['session.utm.source', TEXT],
      from: ['session.referrer', TEXT],
      device: ['visitor.device', TEXT],
      direction: ['visitor.direction', TEXT],
    })(config);
    config.tracking = { query: ['product'], utm: ['source'] };
  };
  test.use({ deskOptions: { config } });

  test('only the parameters that the config names', async ({ page, desk }) => {
    await start(page, desk, '/cards?product=gold&token=secret&utm_source=mail&utm_term=secret');
    expect(await facts(page)).toMatchObject({ product: 'gold', utm: 'mail', from: '', device: 'desktop', direction: 'ltr' });
    await page.evaluate(() => window.bharosa.trace(true));
    await page.evaluate(() => history.replaceState(null, '', '?product=blue&token=secret'));
    await become(page, { product: 'blue' });
    expect(JSON.stringify(await page.evaluate(() => window.bharosa.trace()))).not.toContain('secret');
  });
});
