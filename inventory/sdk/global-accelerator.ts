export {
  GlobalAcceleratorClient,
  paginateListAccelerators,
  paginateListCrossAccountAttachments,
  paginateListCustomRoutingAccelerators,
  paginateListCustomRoutingEndpointGroups,
  paginateListCustomRoutingListeners,
  paginateListEndpointGroups,
  paginateListListeners,
} from '@aws-sdk/client-global-accelerator';
