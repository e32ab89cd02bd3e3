// The visitor's line to the desk, which can be cut while the bank's pages are still served.

/** Call it before the first page is loaded. */
export async function cutLine(page) {
  const open = new Set();
  let down = false;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    if (down) return socket.close({ code: 1011 });
    socket.connectToServer();
    open.add(socket);
  });
  return {
    async cut() {
      down = true;
      await Promise.all([...open].map((socket) => socket.close({ code: 1011 })));
      open.clear();
    },
    mend() {
      down = false;
    },
  };
}
