import { describe, expect, it } from 'vitest';
import { toDigest } from './digest.js';
import { framesOfText } from './text-stack.js';

const parts = (stack: string) =>
  framesOfText(stack).map(({ className, methodName, fileName, line, column }) =>
    [className, methodName, fileName, line, column].map((part) => part ?? ''),
  );

describe('a stack that is only text', () => {
  it('of V8 or Hermes has frames', () => {
    const stack = `TypeError: x is not a function at all
    at Cart.total (index.android.bundle:12:345)
    at new Shop (http://10.0.2.2:8081/index.bundle?platform=android&dev=true:7:9)
    at async Promise.all (index 0)
    at anonymous (address at index.android.bundle:1:60213)
    at http://a.example/b.js:1:2
    at Array.map (native)`;
    expect(parts(stack)).toEqual([
      ['Cart', 'total', 'index.android.bundle', 12, 345],
      ['', 'new Shop', 'http://10.0.2.2:8081/index.bundle?platform=android&dev=true', 7, 9],
      ['', 'async Promise.all', '', '', ''],
      ['', 'anonymous', 'index.android.bundle', 1, 60213],
      ['', '', 'http://a.example/b.js', 1, 2],
      ['Array', 'map', 'native', '', ''],
    ]);
  });

  it('of JavaScriptCore has frames, and prose none', () => {
    const stack = `total@http://localhost:8081/index.bundle?platform=ios:12:3
value@/var/containers/App.app/main.jsbundle:4:5
map@[native code]
/app/main.jsbundle:9:1
write to ann@shop.example
at 10:30:15 the shop closed
global code`;
    expect(parts(stack)).toEqual([
      ['', 'total', 'http://localhost:8081/index.bundle?platform=ios', 12, 3],
      ['', 'value', '/var/containers/App.app/main.jsbundle', 4, 5],
      ['', 'map', '[native code]', '', ''],
      ['', '', '/app/main.jsbundle', 9, 1],
    ]);
  });

  it('of Mono and .NET has frames', () => {
    const stack = `  at Shop.Cart+<>c.<Load>b__0_0 () [0x00000] in <7ad93f134a5d4c00a8db8be9aa9c0f76>:0
  at Shop.Cart..ctor (System.Int32 n) [0x0001f] in /Users/USER/Shop/Cart.cs:42
   at Shop.Cart.Total(Int32 n) in C:\\Users\\USER\\Cart.cs:line 12
   at System.Linq.Enumerable.First[T](IEnumerable\`1 source)
--- End of stack trace from previous location where exception was thrown ---`;
    expect(parts(stack)).toEqual([
      ['Shop.Cart+<>c', '<Load>b__0_0', '', '', ''],
      ['Shop.Cart', '.ctor', '/Users/USER/Shop/Cart.cs', 42, ''],
      ['Shop.Cart', 'Total', 'C:\\Users\\USER\\Cart.cs', 12, ''],
      ['System.Linq.Enumerable', 'First[T]', '', '', ''],
    ]);
  });

  it('of Java has frames', () => {
    const stack = `java.lang.IllegalStateException: no cart
\tat com.shop.Cart.total(Cart.java:118)
\tat java.lang.reflect.Method.invoke(Native Method)
\tat a.b.c(Unknown Source)
\t... 11 more`;
    expect(parts(stack)).toEqual([
      ['com.shop.Cart', 'total', 'Cart.java', 118, ''],
      ['java.lang.reflect.Method', 'invoke', '', -2, ''],
      ['a.b', 'c', '', '', ''],
    ]);
  });

  it('is read in bounded time and number', () => {
    expect(framesOfText('    at f (a.js:1:2)\n'.repeat(1e5)).length).toBe(200);
    const hostile = [
      'at '.repeat(3e5),
      '('.repeat(1e6),
      `at ${'('.repeat(1e6)}`,
      ':1'.repeat(5e5),
      '@'.repeat(1e6),
      '\n'.repeat(1e6),
      'at x) [0x'.repeat(1e5),
    ];
    for (const text of hostile) expect(framesOfText(text).length).toBeLessThanOrEqual(400);
  });
});

describe('a report whose stack is only text', () => {
  const digestOf = (message: string, stackTrace: string) => {
    const exception = { type: 'Error', message, stackTrace, wrapperSdkName: 'appcenter.react-native' };
    const json = JSON.stringify({ type: 'handledError', exception });
    return toDigest({
      appId: 1,
      id: 'r',
      type: 'handledError',
      installId: 'i',
      timestamp: 1,
      receivedAt: 1,
      json,
    });
  };

  it('is grouped by the frame to blame, whatever its message and the build', () => {
    const one = digestOf('item 7 of ann', 'Error\n    at checkout (index.android.bundle:12:345)');
    const two = digestOf('no connection', 'Error\n    at checkout (index.android.bundle:13:99)');
    const other = digestOf('no connection', 'Error\n    at payment (index.android.bundle:13:99)');
    expect(one.location).toBe('checkout (index.android.bundle:12:345)');
    expect(two.fingerprint).toBe(one.fingerprint);
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });

  it('without a frame is grouped by its message', () => {
    expect(digestOf('item 7', 'nothing').fingerprint).toBe(digestOf('item 8', '').fingerprint);
  });
});
