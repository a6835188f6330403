import { start, trackError } from 'crashpost';

start(globalThis.crashpostOptions);

class Cart {
  constructor(items) {
    this.items = items;
  }

  total() {
    return this.items.reduce((sum, item) => sum + item.price.amount, 0);
  }
}

const actions = {
  checkout: () => new Cart([{ price: { amount: 12 } }, {}]).total(),
  async loadOrders() {
    await Promise.resolve();
    throw new RangeError('page 7 of 3 was asked for');
  },
  applyCoupon() {
    try {
      throw new Error('coupon SPRING has expired');
    } catch (error) {
      trackError(error, { coupon: 'SPRING' });
    }
  },
  pollStock() {
    setTimeout(() => JSON.parse('<!doctype html>'), 10);
  },
};

for (const button of document.querySelectorAll('button[data-action]')) {
  button.addEventListener('click', () => {
    actions[button.dataset.action]();
  });
}
