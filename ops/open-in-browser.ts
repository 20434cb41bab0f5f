import { spawn } from 'node:child_process';

/** Opens a page in the browser, where there is a desktop. */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const opener = { darwin: 'open', win32: 'explorer', linux: 'xdg-open' }[
    process.platform as string
  ];
  const isDesktop = process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (opener === undefined || !isDesktop) return;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
