/**
 * Options without a value, of docker, docker compose, podman and nerdctl. What is not here takes the next word.
 *
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 * @see https://docs.docker.com/reference/cli/docker/service/create/
 * @see https://docs.docker.com/reference/cli/docker/compose/run/
 * @see https://docs.podman.io/en/latest/markdown/podman-run.1.html
 */
const SWITCHES = new Set([
  'build', 'detach', 'disable-content-trust', 'env-host', 'help', 'http-proxy', 'init', 'interactive', 'no-TTY', 'no-deps', 'no-healthcheck',
  'no-hostname', 'no-hosts', 'no-resolve-image', 'oom-kill-disable', 'passwd', 'privileged', 'publish-all', 'quiet', 'quiet-pull', 'read-only',
  'read-only-tmpfs', 'remove-orphans', 'replace', 'rm', 'rmi', 'rootfs', 'service-ports', 'sig-proxy', 'tls-verify', 'tty', 'unsetenv-all',
  'use-aliases', 'use-api-socket', 'with-registry-auth',
].map(each => `--${each}`));

/** Letters without a value, the last of them with one in the next word: `-d`, `-it`, `-dp 80:80`. What follows such a letter at once is its value. */
const LETTERS = /^-[PTdiqt]*([A-Za-z]?)$/;

/** `$OPTIONS`, without quotes, may be any number of words. */
const VARIABLE = /^\$(?:\w+|\{\w+\}|[@*])$/;

/** The options of the client: those before the image. Behind it stand arguments of the container's own. */
export function beforeImage(words: readonly string[]): readonly string[] {
  let takesNext = false;
  const image = words.findIndex(word => {
    if (takesNext) {
      takesNext = false;
      return false;
    }
    takesNext = takesValue(word);
    return word === '--' || !(word.startsWith('-') || VARIABLE.test(word));
  });
  return image === -1 ? words : words.slice(0, image);
}

function takesValue(word: string): boolean {
  if (word.startsWith('--')) { return !word.includes('=') && !SWITCHES.has(word); }
  const [, last] = LETTERS.exec(word) ?? [];
  return last !== undefined && last !== '';
}
