/** `/api/class/…`: for members and for the teacher. Who asks is known by a cookie. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MemberInClass } from '../../classroom/class-list.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import { hashOf, isSame } from '../../classroom/codes.ts';
import { keepDeviceProgress } from '../../classroom/device-progress.ts';
import {
  readClassRequest,
  readComeBackRequest,
  readCreateRequest,
  mostMistakeBytes,
  readJoinRequest,
  readMistakeRequest,
  readTeacherRequest,
  type ClassRequest,
} from '../../protocol/classroom.ts';
import { longestFile } from '../../protocol/read-progress.ts';
import { SandboxError } from '../../shared/errors.ts';
import type { ListenerContext } from '../admission/admit.ts';
import { failWith, json, notAllowed, readMethods, textOf, type Handler } from '../api.ts';
import { sameOrigin } from '../listeners/ws.ts';
import { classInfo, memberResponse, progressOf } from './answers.ts';
import type { Cookies } from './cookies.ts';
import { sendExport } from './export-file.ts';
import { Guesses } from './guesses.ts';
import { JoinPace } from './join-pace.ts';

export interface ClassApiOptions {
  context: ListenerContext;
  classroom: Classroom;
  cookies: Cookies;
  teacherSecret: string;
  /** Whether the course has an exercise of this name. */
  knows(exercise: string): Promise<boolean>;
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  /** The part of the path that names a class. */
  id: string;
}
interface Resource {
  path: RegExp;
  methods: readonly string[];
  answer(asked: Asked): Promise<unknown>;
}

/** @param path below `/api/class/`; `:id` stands for the id of a class */
function route(
  path: string,
  methods: readonly string[],
  answer: (asked: Asked) => Promise<unknown>,
): Resource {
  const pattern = path.replaceAll('.', '\\.').replace(':id', '([\\w-]{1,64})');
  return { path: new RegExp(`^/api/class/${pattern}$`), methods, answer };
}

export class ClassApi {
  readonly #options: ClassApiOptions;
  readonly #guesses = new Guesses();
  readonly #pace = new JoinPace();
  /** Only a hash is compared: the cookie of a teacher is the secret itself. */
  readonly #teacher: string;

  constructor(options: ClassApiOptions) {
    this.#options = options;
    this.#teacher = hashOf(options.teacherSecret);
  }

  isTeacher(request: IncomingMessage): boolean {
    return isSame(hashOf(this.#options.cookies.read(request, 'teacher')), this.#teacher);
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

  readonly #resources: Resource[] = [
    route('join', ['POST'], (asked) => this.#join(asked)),
    route('back', ['POST'], (asked) => this.#back(asked)),
    route('leave', ['POST'], (asked) => this.#leave(asked)),
    route('me', readMethods, (asked) => this.#me(asked)),
    route('progress', ['POST'], (asked) => this.#progress(asked)),
    route('mistake', ['POST'], (asked) => this.#mistake(asked)),
    route('teacher', ['POST'], (asked) => this.#enter(asked)),
    route('classes', [...readMethods, 'POST'], (asked) => this.#classes(asked)),
    route('classes/:id', ['POST'], (asked) => this.#change(asked)),
    route('classes/:id/mistakes', readMethods, (asked) => this.#mistakes(asked)),
    route('classes/:id/export.csv', readMethods, (asked) => this.#export(asked, 'csv')),
    route('classes/:id/export.json', readMethods, (asked) => this.#export(asked, 'json')),
  ];

  async #body<T>(
    { request }: Asked,
    parse: (text: string) => T | undefined,
    most = this.#options.context.rooms.limits.requestBytes,
  ): Promise<T> {
    const asked = parse(await textOf(request, most));
    if (asked === undefined) throw new SandboxError('bad-request');
    return asked;
  }

  #remoteOf({ request }: Asked): string {
    return this.#options.context.proxies.sourceOf(request);
  }

  // ── Members ──

  async #join(asked: Asked): Promise<unknown> {
    const { classroom } = this.#options;
    const { code, name } = await this.#body(asked, readJoinRequest);
    const remote = this.#remoteOf(asked);
    const joined = await this.#guesses.code(remote, async () => {
      await this.#pace.turn(remote, classroom.members.open(code).row.id);
      return classroom.members.join(code, name);
    });
    return this.#welcome(asked, joined);
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

  // ── The teacher ──

  async #mistakes(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    const { classroom } = this.#options;
    const query = new URLSearchParams(asked.request.url!.split('?', 2)[1]);
    const { id } = classroom.class(asked.id).row;
    return { mistakes: await classroom.mistakes.of(id, query.get('exercise') ?? '') };
  }

  async #enter(asked: Asked): Promise<unknown> {
    const { secret } = await this.#body(asked, readTeacherRequest);
    // Wrong ones are not counted: nobody guesses 192 bits, and no learner may lock the teacher out.
    if (!isSame(hashOf(secret), this.#teacher)) throw new SandboxError('not-teacher');
    this.#options.cookies.set(asked.request, asked.response, 'teacher', secret);
    return this.#list();
  }

  #mustTeach({ request }: Asked): void {
    if (!this.isTeacher(request)) throw new SandboxError('not-teacher');
  }

  #list() {
    return { classes: this.#options.classroom.classes.map(classInfo) };
  }

  async #classes(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    if (asked.request.method !== 'POST') return this.#list();
    const { language } = await this.#body(asked, readCreateRequest);
    return { classes: [classInfo(await this.#options.classroom.create(language))] };
  }

  async #change(asked: Asked): Promise<unknown> {
    this.#mustTeach(asked);
    await this.#obey(asked.id, await this.#body(asked, readClassRequest));
    return {};
  }

  #obey(id: string, request: ClassRequest): Promise<void> {
    const { classroom } = this.#options;
    switch (request.type) {
      case 'lock':
        return classroom.lock(id, request.locked);
      case 'new-code':
        return classroom.newCode(id);
      case 'rename':
        return classroom.members.rename(id, request.member, request.name);
      case 'remove':
        return classroom.members.remove(id, request.member);
      case 'remove-idle':
        return classroom.members.removeIdle(id, request.until);
      case 'delete':
        return classroom.drop(id);
    }
  }

  async #export(asked: Asked, kind: 'csv' | 'json'): Promise<void> {
    this.#mustTeach(asked);
    sendExport(asked.response, this.#options.classroom, { id: asked.id, kind });
  }
}
