package io.orrery.platform.agent;

import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Agents that run on one thread, in their order.
 *
 * @param role what they do, as part of the thread's name.
 * @param idleStrategy what the thread does when none of them had work; belongs to that thread alone.
 * @param agents at least one, in the order in which they work.
 */
record AgentGroup(String role, IdleStrategy idleStrategy, List<Agent> agents) {
}
