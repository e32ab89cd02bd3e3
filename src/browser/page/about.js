// What is known of the visitor's device before anything happens.

/** A pointer that is a finger means phone or tablet, and the shorter side of the screen says which. */
const device = () => {
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet';
};

export const about = ({ lang, root }) => ({
  lang,
  direction: root.host.dir,
  device: device(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
