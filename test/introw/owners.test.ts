import { describe, expect, test } from 'vitest';
import { parsePartner } from '../../src/introw/parse-partner.ts';

const valuesOf = (members: object) =>
  parsePartner({ id: 'ptn_1', categories: null, mood: { today: 'sunny' }, ...members }, 'the test').values;

describe('an owner', () => {
  test.each<[string, object, string | null | undefined]>([
    ['as an object with an id', { owner: { id: 'user_1', name: 'Jamie' } }, 'user_1'],
    ['as an object with a userId', { owner: { userId: 'user_1', name: 'Jamie' } }, 'user_1'],
    ['as a string', { owner: 'user_1' }, 'user_1'],
    ['as ownerId', { ownerId: 'user_1' }, 'user_1'],
    ['as partnerOwnerId', { partnerOwnerId: 'user_1' }, 'user_1'],
    ['as an id next to an owner that isn’t filled in', { owner: null, ownerId: 'user_1' }, 'user_1'],
    [
      'as an id next to an owner without one',
      { owner: { name: 'Jamie' }, partnerOwnerId: 'user_1' },
      'user_1',
    ],
    ['in two places alike', { owner: { id: 'user_1' }, ownerId: 'user_1' }, 'user_1'],
    ['null: none', { owner: null }, null],
    ['ownerId null: none', { ownerId: null, owner: null }, null],
    ['in two places that differ', { owner: { id: 'user_1' }, ownerId: 'user_2' }, undefined],
    ['as an object without an id', { owner: { name: 'Jamie' } }, undefined],
    ['as an object without an id, next to null', { owner: { name: 'Jamie' }, ownerId: null }, undefined],
    ['as an id that is a number', { owner: { id: 7 } }, undefined],
    ['as an id that is empty', { owner: { id: '' } }, undefined],
    ['as an empty string', { owner: '' }, undefined],
    ['as a list', { owner: ['user_1'] }, undefined],
    ['nowhere', {}, undefined],
  ])('%s', (_, members, read) => {
    expect(valuesOf(members).owner).toBe(read);
  });
});

describe('an experience', () => {
  test.each<[string, object, string | null | undefined]>([
    ['as experienceTemplateId', { experienceTemplateId: 'exp_1' }, 'exp_1'],
    ['as experienceTemplate.id', { experienceTemplate: { id: 'exp_1' } }, 'exp_1'],
    ['as experience.id', { experience: { id: 'exp_1', name: 'Reseller' } }, 'exp_1'],
    ['as portal.experienceTemplateId', { portal: { experienceTemplateId: 'exp_1' } }, 'exp_1'],
    ['null: none', { experienceTemplateId: null }, null],
    ['in two places that differ', { experience: { id: 'exp_1' }, experienceTemplateId: 'exp_2' }, undefined],
    ['as an object without an id', { experience: { name: 'Reseller' } }, undefined],
    [
      'none, next to a portal without a word of it',
      { experienceTemplateId: null, portal: { status: 'live' } },
      null,
    ],
    ['as a portal that is null', { portal: null }, undefined],
    ['none in the portal', { portal: { experienceTemplateId: null } }, null],
    ['as a portal without a word of it', { portal: { status: 'live' } }, undefined],
    ['nowhere', {}, undefined],
  ])('%s', (_, members, read) => {
    expect(valuesOf(members)['portal.experience']).toBe(read);
  });
});
