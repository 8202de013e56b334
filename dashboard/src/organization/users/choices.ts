import type { Sections } from '../../access/grants';
import { useMe } from '../../api/me';
import { useAgents } from '../agents/agents';
import { useOrganization } from '../organization';
import { useTeams } from '../teams/teams';

// Choices are what somebody in an organization can be given.
export interface Choices {
  // ceiling is the most that anybody in it may do.
  ceiling: Sections;
  tabs: { key: string; title: string }[];
  teams: { key: string; label: string }[];
  agents: { id: string; name: string }[];
}

export function useChoices(): Choices {
  const { id, ceiling } = useOrganization();
  return {
    ceiling,
    tabs: useMe().workspace.customTabs,
    teams: useTeams(id).data?.items ?? [],
    agents: useAgents(id).items,
  };
}
