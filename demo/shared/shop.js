// A small shop that breaks on request. Its functions have names, so that its crashes can be read.
class Cart {
  constructor(items) {
    this.items = items;
  }

  total() {
    return this.items.reduce((sum, item) => sum + item.price.amount, 0);
  }
}

function checkout() {
  // The second item has no price: TypeError.
  return new Cart([{ price: { amount: 12 } }, {}]).total();
}

async function loadOrders() {
  await Promise.resolve();
  throw new RangeError('page 7 of 3 was asked for');
}

function applyCoupon(code) {
  try {
    throw new Error(`coupon ${code} has expired`);
  } catch (error) {
    crashpost.trackError(error, { coupon: code });
  }
}

function pollStock() {
  setTimeout(function onStock() {
    JSON.parse('<!doctype html>');
  }, 10);
}

const actions = { checkout, loadOrders, applyCoupon: () => applyCoupon('SPRING'), pollStock };

for (const button of document.querySelectorAll('button[data-action]')) {
  button.addEventListener('click', () => {
    // Not awaited: what it rejects with is nobody's.
    actions[button.dataset.action]();
  });
}
