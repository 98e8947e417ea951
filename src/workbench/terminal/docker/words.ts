/**
 * Docker's messages. No Docker engine runs in a page or on the machines of the tests: these words were taken
 * from its sources, docker/cli 28f7560 (cli/required.go, cli/cobra.go, cli/command/container/,
 * vendor/github.com/spf13/pflag/errors.go, vendor/github.com/distribution/reference) and moby/moby b985e23
 * (daemon/errors.go, daemon/delete.go, daemon/container/view.go, daemon/libnetwork/), both Apache-2.0. What
 * runc says of a mount is as people quote it.
 */

/** What a command ends with: a message on standard error, and a status. */
export class DockerError extends Error {
  readonly status: number;
  constructor(text: string, status = 1) {
    super(text);
    this.status = status;
  }
}

const usages = {
  run: 'docker run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  ps: 'docker ps [OPTIONS]',
  logs: 'docker logs [OPTIONS] CONTAINER',
  stop: 'docker stop [OPTIONS] CONTAINER [CONTAINER...]',
  start: 'docker start [OPTIONS] CONTAINER [CONTAINER...]',
  restart: 'docker restart [OPTIONS] CONTAINER [CONTAINER...]',
  rm: 'docker rm [OPTIONS] CONTAINER [CONTAINER...]',
  exec: 'docker exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  images: 'docker images [OPTIONS] [REPOSITORY[:TAG]]',
  pull: 'docker pull [OPTIONS] NAME[:TAG|@DIGEST]',
} as const;
export type Command = keyof typeof usages;
export const commands = Object.keys(usages) as Command[];

/** FlagErrorFunc of cli/cobra.go. */
export const flagError = (command: Command, text: string): DockerError =>
  new DockerError(
    `${text}\n\nUsage:  ${usages[command]}\n\nRun 'docker ${command} --help' for more information`,
    125,
  );
export const unknownFlag = (command: Command, flag: string): DockerError =>
  flagError(command, `unknown flag: --${flag}`);
export const unknownShorthand = (command: Command, letter: string, word: string): DockerError =>
  flagError(command, `unknown shorthand flag: '${letter}' in ${word}`);
export const valueMissing = (command: Command, option: string): DockerError =>
  flagError(
    command,
    option.startsWith('--')
      ? `flag needs an argument: ${option}`
      : `flag needs an argument: '${option.at(-1)}' in ${option}`,
  );

const count = (number: number): string => `${number} argument${number === 1 ? '' : 's'}`;
export const tooFew = (command: Command, number: number): DockerError =>
  new DockerError(
    `docker: 'docker ${command}' requires at least ${count(number)}\n\nUsage:  ${usages[command]}\n\nSee 'docker ${command} --help' for more information`,
  );
export const notExactly = (command: Command, number: number): DockerError =>
  new DockerError(
    `docker: 'docker ${command}' requires ${count(number)}\n\nUsage:  ${usages[command]}\n\nRun 'docker ${command} --help' for more information`,
  );
export const noArguments = (command: Command): DockerError =>
  new DockerError(
    `docker: 'docker ${command}' accepts no arguments\n\nUsage:  ${usages[command]}\n\nRun 'docker ${command} --help' for more information`,
  );

/** withHelp of cli/command/container/run.go. */
export const ofRun = (text: string, status = 125): DockerError =>
  new DockerError(`docker: ${text}\n\nRun 'docker run --help' for more information`, status);
const daemon = 'Error response from daemon: ';
export const ofDaemon = (text: string): DockerError => new DockerError(daemon + text);
export const ofDaemonInRun = (text: string, status?: number): DockerError =>
  ofRun(daemon + text, status);

export const noContainer = (name: string): string => `No such container: ${name}`;
export const nameTaken = (name: string, id: string): string =>
  `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`;
export const stillRunning = (name: string): string =>
  `cannot remove container "${name}": container is running: stop the container before removing or force remove`;
const networking = (name: string, endpoint: string, why: string): string =>
  `failed to set up container networking: driver failed programming external connectivity on endpoint ${name} (${endpoint}): ${why}`;
/** By another container. */
export const portAllocated = (name: string, endpoint: string, host: string, port: number): string =>
  networking(name, endpoint, `Bind for ${host}:${port} failed: port is already allocated`);
/** By another program of the machine. */
export const portInUse = (name: string, endpoint: string, host: string, port: number): string =>
  networking(
    name,
    endpoint,
    `failed to bind host port ${host}:${port}/tcp: address already in use`,
  );
export const directoryOntoFile = (source: string, target: string): string =>
  `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "${source}" to rootfs at "${target}": not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`;
export const noExecutable = (name: string): string =>
  `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH`;
export const noExecutableAtStart = (name: string): string =>
  `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${name}": executable file not found in $PATH`;
export const badVolumeName = (name: string): string =>
  `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`;

export const unknownCommand = (name: string): DockerError =>
  new DockerError(
    `docker: unknown command: docker ${name}\n\nRun 'docker --help' for more information`,
  );
