// What a worker throws, by the part of the address after the hash.
function inWorker() {
  throw new Error('in a worker'); // @worker
}

if (location.hash === '#reject') Promise.reject(new Error('rejected in a worker'));
else setTimeout(inWorker, 5);
