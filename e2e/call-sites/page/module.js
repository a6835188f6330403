// A module: strict, and named by its whole address.
function checkout() {
  throw new Error('thrown');
}
// biome-ignore lint/style/noDefaultExport: V8 has a word for its name
export default function () {
  checkout();
}
const { default: unnamed } = await import('./module.js?v=1');
cases.module = () => checkout();
cases['module, default'] = () => unnamed();
cases['module, strict this'] = () => checkout.call(undefined);
cases['module, class field'] = () =>
  new (class Shop {
    open = fail();
  })();
cases['module, static block'] = () => {
  class Shop {
    static {
      checkout();
    }
    open() {}
  }
  return Shop;
};
