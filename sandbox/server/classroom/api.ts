/** `/api/class/…`: for members, who are known by a cookie; `teacher-api.ts` has the rest. */
import type { IncomingMessage } from 'node:http';
import type { Class, MemberInClass } from '../../classroom/class-list.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import { keepDeviceProgress } from '../../classroom/device-progress.ts';
import {
  readComeBackRequest,
  mostMistakeBytes,
  readJoinRequest,
  readMistakeRequest,
  readNamesRequest,
  readTicketRequest,
  type NamesResponse,
} from '../../protocol/classroom.ts';
import { longestFile } from '../../protocol/read-progress.ts';
import { SandboxError } from '../../shared/errors.ts';
import type { ListenerContext } from '../admission/admit.ts';
import { failWith, json, notAllowed, readMethods, textOf, type Handler } from '../api.ts';
import { sameOrigin } from '../listeners/ws.ts';
import { memberResponse, progressOf } from './answers.ts';
import type { Cookies } from './cookies.ts';
import { Guesses } from './guesses.ts';
import { JoinPace } from './join-pace.ts';
import { bodyOf, route, type Asked, type Resource } from './resource.ts';

export interface ClassApiOptions {
  context: ListenerContext;
  classroom: Classroom;
  cookies: Cookies;
  /** Of the teacher, and others. */
  more: readonly Resource[];
  /** Whether the course has an exercise of this name. */
  knows(exercise: string): Promise<boolean>;
}

export class ClassApi {
  readonly #options: ClassApiOptions;
  readonly #guesses = new Guesses();
  readonly #pace = new JoinPace();
  readonly #resources: Resource[];

  constructor(options: ClassApiOptions) {
    this.#options = options;
    this.#resources = [...this.#ofMembers, ...options.more];
  }

  memberOf(request: IncomingMessage): MemberInClass | null {
    const { classroom, cookies } = this.#options;
    const token = cookies.read(request, 'member');
    return token === '' ? null : classroom.members.ofToken(token);
  }

  readonly handler: Handler = (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    if (!path.startsWith('/api/class/')) return next();
    const resource = this.#resources.find((one) => one.path.test(path));
    if (!resource) return next();
    if (!resource.methods.includes(request.method!))
      return notAllowed(request, response, resource.methods);
    const id = resource.path.exec(path)?.[1] ?? '';
    Promise.try(() => {
      if (!sameOrigin(this.#options.context, request)) throw new SandboxError('other-origin');
      return resource.answer({ request, response, id });
    }).then(
      (body) => response.headersSent || json(response, 200, body),
      (error: unknown) => failWith(response, error),
    );
  };

  readonly #ofMembers: Resource[] = [
    route('join', ['POST'], (asked) => this.#join(asked)),
    route('join/ticket', ['POST'], (asked) => this.#ticket(asked)),
    route('names', ['POST'], (asked) => this.#names(asked)),
    route('back', ['POST'], (asked) => this.#back(asked)),
    route('leave', ['POST'], (asked) => this.#leave(asked)),
    route('me', readMethods, (asked) => this.#me(asked)),
    route('progress', ['POST'], (asked) => this.#progress(asked)),
    route('mistake', ['POST'], (asked) => this.#mistake(asked)),
  ];

  #body<T>(
    asked: Asked,
    parse: (text: string) => T | undefined,
    most = this.#options.context.rooms.limits.requestBytes,
  ): Promise<T> {
    return bodyOf(asked, parse, most);
  }

  #remoteOf({ request }: Asked): string {
    return this.#options.context.proxies.sourceOf(request);
  }

  // ── Members ──

  async #join(asked: Asked): Promise<unknown> {
    const { classroom } = this.#options;
    const request = await this.#body(asked, readJoinRequest);
    const { code } = request;
    const remote = this.#remoteOf(asked);
    const joined = await this.#guesses.code(remote, async () => {
      const { members, seats, waiting } = classroom;
      const isPick = 'pick' in request;
      const find = (): Class => (isPick ? members.find(code) : members.open(code));
      await this.#pace.turn(remote, find().row.id);
      // What has changed while it waited for its turn holds.
      if (find().row.asks) return waiting.ask(find(), isPick ? { pick: request.pick } : { name: request.name }); // prettier-ignore
      return isPick ? seats.pick(code, request.pick) : members.join(code, request.name);
    });
    return typeof joined === 'string' ? { ticket: joined } : this.#welcome(asked, joined);
  }

  async #ticket(asked: Asked): Promise<unknown> {
    const { members, seats, waiting } = this.#options.classroom;
    const { ticket, isLeaving } = await this.#body(asked, readTicketRequest);
    if (isLeaving) waiting.leave(ticket);
    const admitted = isLeaving ? null : waiting.check(ticket);
    if (!admitted) return { member: null };
    const { one, wish } = admitted;
    const joined = 'pick' in wish ? seats.take(one, wish.pick) : members.admit(one, wish.name);
    return { member: await this.#welcome(asked, await joined) };
  }

  async #names(asked: Asked): Promise<NamesResponse> {
    const { code } = await this.#body(asked, readNamesRequest);
    const { one, names } = await this.#guesses.code(this.#remoteOf(asked), async () =>
      this.#options.classroom.seats.free(code),
    );
    return { names, listOnly: one.row.listOnly };
  }

  async #back(asked: Asked): Promise<unknown> {
    const { classroom } = this.#options;
    const { code, words } = await this.#body(asked, readComeBackRequest);
    const joined = await this.#guesses.words({ remote: this.#remoteOf(asked), code }, () =>
      classroom.members.comeBack(code, words),
    );
    return this.#welcome(asked, joined);
  }

  #welcome({ request, response }: Asked, joined: MemberInClass & { token: string }) {
    this.#options.cookies.set(request, response, 'member', joined.token);
    return memberResponse(this.#options.classroom, joined);
  }

  async #leave({ request, response }: Asked): Promise<unknown> {
    const { classroom, cookies } = this.#options;
    cookies.set(request, response, 'member', '');
    // The browser forgets the token also if the store can't.
    await classroom.members.leave(cookies.read(request, 'member')).catch(() => {});
    return {};
  }

  #member({ request }: Asked): MemberInClass {
    const found = this.memberOf(request);
    if (!found) throw new SandboxError('not-a-member');
    return found;
  }

  async #me(asked: Asked): Promise<unknown> {
    const found = this.memberOf(asked.request);
    return { member: found && (await memberResponse(this.#options.classroom, found)) };
  }

  async #progress(asked: Asked): Promise<unknown> {
    const { classroom, knows } = this.#options;
    const found = this.#member(asked);
    const text = await textOf(asked.request, longestFile);
    const before = await progressOf(classroom, found);
    const progress = await keepDeviceProgress(classroom, found.member, { before, text, knows });
    return { progress: JSON.stringify(progress) };
  }

  async #mistake(asked: Asked): Promise<unknown> {
    const { member } = this.#member(asked);
    const { exercise, files } = await this.#body(asked, readMistakeRequest, mostMistakeBytes);
    await this.#options.classroom.mistakes.failed(member.row.id, exercise, files);
    return {};
  }
}
