/** From the page of a show in a member's page: the member leaves it. */
export const leaveMessage = 'retained:leave-show';
