// Every frame that crosses the visitor's sockets, over all pages of the tab.

/** Call it before the first page is loaded; the lists fill as frames pass. */
export function recordFrames(page) {
  const frames = { sent: [], received: [], sockets: 0 };
  page.on('websocket', (socket) => {
    frames.sockets += 1;
    socket.on('framesent', ({ payload }) => frames.sent.push(String(payload)));
    socket.on('framereceived', ({ payload }) => frames.received.push(String(payload)));
  });
  return frames;
}
