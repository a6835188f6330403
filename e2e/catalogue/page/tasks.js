// Errors thrown by the platform calling back: timers, microtasks, listeners, observers.

entry('timer', function startTimer() {
  setTimeout(function onTimer() {
    throw new Error('in a timer'); // @timer
  }, 5);
});

entry('interval', function startInterval() {
  const timer = setInterval(function onInterval() {
    clearInterval(timer);
    throw new Error('in an interval'); // @interval
  }, 5);
});

entry('timer-text', function startText() {
  setTimeout("throw new Error('in a timer of text')", 5); // @timer-text
});

entry('animation-frame', function startFrame() {
  requestAnimationFrame(function onFrame() {
    throw new Error('in an animation frame'); // @animation-frame
  });
});

entry('microtask', function startMicrotask() {
  queueMicrotask(function onMicrotask() {
    throw new Error('in a microtask'); // @microtask
  });
});

entry('listener', function startListener() {
  const button = document.querySelector('button');
  button.removeAttribute('onclick');
  button.addEventListener('click', function onClick() {
    throw new Error('in a listener'); // @listener
  });
  button.click();
});

entry('listener-object', function startObject() {
  const listener = {
    handleEvent() {
      throw new Error('in handleEvent'); // @listener-object
    },
  };
  addEventListener('shop', listener);
  dispatchEvent(new Event('shop'));
});

entry('attribute', function startAttribute() {
  document.querySelector('button').click();
});

entry('message-port', function startPort() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = function onMessage() {
    throw new Error('in onmessage'); // @message-port
  };
  port2.postMessage(1);
});

entry('mutation-observer', function startMutation() {
  const observer = new MutationObserver(function onMutation() {
    throw new Error('in a mutation observer'); // @mutation-observer
  });
  observer.observe(document.body, { childList: true });
  document.body.append('x');
});

entry('resize-observer', function startResize() {
  const observer = new ResizeObserver(function onResize() {
    observer.disconnect();
    throw new Error('in a resize observer'); // @resize-observer
  });
  observer.observe(document.body);
});

entry('resize-observer-loop', function startLoop() {
  const box = document.body.appendChild(document.createElement('div'));
  let width = 10;
  new ResizeObserver(() => {
    width += 1;
    if (width < 20) box.style.width = `${width}px`;
  }).observe(box);
  box.style.width = '10px';
});

entry('console-error', function complain() {
  console.error(new Error('written to the console'));
});

entry('custom-element', function startElement() {
  class ShopCart extends HTMLElement {
    connectedCallback() {
      throw new Error('in connectedCallback'); // @custom-element
    }
  }
  customElements.define('shop-cart', ShopCart);
  document.body.append(new ShopCart());
});

entry('request', function startRequest() {
  const request = new XMLHttpRequest();
  request.onload = function onLoad() {
    throw new Error('in onload of a request'); // @request
  };
  request.open('GET', '/page/run.js');
  request.send();
});

entry('indexed-db', function startDatabase() {
  indexedDB.open('shop').onsuccess = function onOpen() {
    throw new Error('in onsuccess of a database'); // @indexed-db
  };
});

entry('image', function startImage() {
  const image = new Image();
  image.onload = function onImage() {
    throw new Error('in onload of an image'); // @image
  };
  image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
});
