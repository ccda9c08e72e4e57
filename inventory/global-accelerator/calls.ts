import type {
  Accelerator,
  Attachment,
  CustomRoutingAccelerator,
  CustomRoutingEndpointGroup,
  CustomRoutingListener,
  EndpointGroup,
  Listener,
} from '@aws-sdk/client-global-accelerator';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** Whatever region their endpoints are in, accelerators are asked for in this one ("Welcome", AWS Global Accelerator API Reference). */
const region = () => 'us-west-2';
const service = 'globalaccelerator';
/** The largest page that these listings give. */
const pageSize = 100;

export const listAccelerators = definePagedCall<Accelerator>({
  ...{ service, region, operation: 'ListAccelerators' },
  permissions: ['globalaccelerator:ListAccelerators'],
  async *pages(session, at) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListAccelerators({ client, pageSize }, {})) yield required(page.Accelerators, 'Accelerators');
  },
});

export const listListeners = definePagedCall<Listener, { readonly acceleratorArn: string }>({
  ...{ service, region, operation: 'ListListeners' },
  permissions: ['globalaccelerator:ListListeners'],
  async *pages(session, at, { acceleratorArn }) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListListeners({ client, pageSize }, { AcceleratorArn: acceleratorArn })) {
      yield required(page.Listeners, 'Listeners');
    }
  },
});

export const listEndpointGroups = definePagedCall<EndpointGroup, { readonly listenerArn: string }>({
  ...{ service, region, operation: 'ListEndpointGroups' },
  permissions: ['globalaccelerator:ListEndpointGroups'],
  async *pages(session, at, { listenerArn }) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListEndpointGroups({ client, pageSize }, { ListenerArn: listenerArn })) {
      yield required(page.EndpointGroups, 'EndpointGroups');
    }
  },
});

/** Those whose endpoints are subnets. */
export const listCustomRoutingAccelerators = definePagedCall<CustomRoutingAccelerator>({
  ...{ service, region, operation: 'ListCustomRoutingAccelerators' },
  permissions: ['globalaccelerator:ListCustomRoutingAccelerators'],
  async *pages(session, at) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListCustomRoutingAccelerators({ client, pageSize }, {})) {
      yield required(page.Accelerators, 'Accelerators');
    }
  },
});

export const listCustomRoutingListeners = definePagedCall<CustomRoutingListener, { readonly acceleratorArn: string }>({
  ...{ service, region, operation: 'ListCustomRoutingListeners' },
  permissions: ['globalaccelerator:ListCustomRoutingListeners'],
  async *pages(session, at, { acceleratorArn }) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListCustomRoutingListeners({ client, pageSize }, { AcceleratorArn: acceleratorArn })) {
      yield required(page.Listeners, 'Listeners');
    }
  },
});

export const listCustomRoutingEndpointGroups = definePagedCall<CustomRoutingEndpointGroup, { readonly listenerArn: string }>({
  ...{ service, region, operation: 'ListCustomRoutingEndpointGroups' },
  permissions: ['globalaccelerator:ListCustomRoutingEndpointGroups'],
  async *pages(session, at, { listenerArn }) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListCustomRoutingEndpointGroups({ client, pageSize }, { ListenerArn: listenerArn })) {
      yield required(page.EndpointGroups, 'EndpointGroups');
    }
  },
});

/** What the account lets accelerators of other accounts lead to. */
export const listCrossAccountAttachments = definePagedCall<Attachment>({
  ...{ service, region, operation: 'ListCrossAccountAttachments' },
  permissions: ['globalaccelerator:ListCrossAccountAttachments'],
  async *pages(session, at) {
    const { sdk, client } = await session.aws.globalaccelerator(at);
    for await (const page of sdk.paginateListCrossAccountAttachments({ client, pageSize }, {})) {
      yield required(page.CrossAccountAttachments, 'CrossAccountAttachments');
    }
  },
});
