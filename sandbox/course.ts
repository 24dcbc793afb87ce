import type { SandboxState } from './state.ts';
import type { Course, WorldPost, WorldProduct } from './types.ts';

/** A thing of the world with its course, and its place in the world's list where it is taken out and put back. */
export interface Running {
  course: Course;
  thing: WorldPost | WorldProduct;
  place: number;
  isThere: boolean;
}

function isPost(thing: WorldPost | WorldProduct): thing is WorldPost {
  return 'caption' in thing;
}

/** The product as it was at this time (Unix ms). */
export function productAt(product: WorldProduct, course: Course | undefined, at: number): WorldProduct {
  if (!course) return product;
  const priceMinor = course.priceMinor?.(at) ?? product.priceMinor;
  return {
    ...product,
    priceMinor,
    maximumPriceMinor: course.priceMinor ? priceMinor : product.maximumPriceMinor,
    stock: course.stock?.(at) ?? product.stock,
  };
}

function isThereAt({ publishedAt, removedAt }: Course, now: number): boolean {
  return (publishedAt === undefined || now >= publishedAt) && (removedAt === undefined || now < removedAt);
}

function place(state: SandboxState, running: Running, isThere: boolean): void {
  if (running.isThere === isThere) return;
  const { thing } = running;
  const list: (WorldPost | WorldProduct)[] = isPost(thing) ? state.world.posts : state.world.products;
  if (isThere) list.splice(running.place, 0, thing);
  else {
    running.place = list.indexOf(thing);
    list.splice(running.place, 1);
  }
  if (isPost(thing)) thing.author.posts += isThere ? 1 : -1;
  running.isThere = isThere;
}

/** Brings the world to this time (Unix ms): figures move, things appear and go. Called before every answer. */
export function runCourses(state: SandboxState, now: number): void {
  for (const running of state.courses.values()) {
    const { course, thing } = running;
    if (isPost(thing)) {
      if (course.plays) thing.counts.plays = course.plays(now);
      if (course.likes) thing.counts.likes = course.likes(now);
    } else Object.assign(thing, productAt(thing, course, now));
    place(state, running, isThereAt(course, now));
  }
}

/** Gives a post or product of the world a course; null: it stays as it is now, and is there. */
export function setCourse(state: SandboxState, id: string, course: Course | null): void {
  const known = state.courses.get(id);
  const thing = known?.thing ?? state.world.post(id) ?? state.world.product(id);
  if (!thing) throw new Error(`The world has no post or product ${id}.`);
  const running = known ?? { course: {}, thing, place: 0, isThere: true };
  running.course = course ?? {};
  if (course === null) {
    place(state, running, true);
    state.courses.delete(id);
  } else state.courses.set(id, running);
}
