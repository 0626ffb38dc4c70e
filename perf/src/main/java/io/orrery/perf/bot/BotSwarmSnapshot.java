package io.orrery.perf.bot;

/**
 * How a swarm stands, taken once a second and once drained. Immutable.
 *
 * @param elapsedNs since the swarm started.
 * @param botCount bots of the swarm.
 * @param connectedCount bots whose transport is connected.
 * @param inWorldCount bots that were welcomed.
 * @param framesReceived frames newest on arrival, since start.
 * @param framesPerBotPerS the same, in the last second, for each bot in the world.
 * @param violationCount broken rules, since start.
 * @param commandsSent since start.
 * @param commandsRefused not given because too many were pending, since start.
 * @param commandsAbandoned pending when a connection ended, since start.
 * @param commandToFrameP50Ns from the intended sending to the frame that acknowledged, in the last second; 0 if there was none.
 * @param commandToFrameP99Ns same.
 * @param bytesInPerBotPerS received in the last second, IPv4 and UDP headers included, for each bot in the world.
 * @param bytesOutPerBotPerS same, sent.
 * @param packetsInPerBotPerS same, datagrams received.
 * @param packetsOutPerBotPerS same, datagrams sent.
 * @param bytesIn received since start.
 * @param bytesOut sent since start.
 * @param packetsIn datagrams received since start.
 * @param packetsOut datagrams sent since start.
 * @param connectCount connections begun, since start.
 * @param connectFailureCount connections that did not come about, since start.
 * @param disconnectCount connections that ended before the swarm was stopped, since start.
 * @param refusalCount refusals by the server, since start.
 * @param tokenRefusalCount times the token source had none, since start.
 * @param reanchorCount movement checks begun anew because slots were lost, since start.
 * @param stallCount times the swarm itself, or the whole world, stood still for a quarter of a second, since start.
 * @param lastRefusal what the server said last; empty if nothing.
 */
public record BotSwarmSnapshot(
    long elapsedNs,
    int botCount,
    int connectedCount,
    int inWorldCount,
    long framesReceived,
    double framesPerBotPerS,
    long violationCount,
    long commandsSent,
    long commandsRefused,
    long commandsAbandoned,
    long commandToFrameP50Ns,
    long commandToFrameP99Ns,
    double bytesInPerBotPerS,
    double bytesOutPerBotPerS,
    double packetsInPerBotPerS,
    double packetsOutPerBotPerS,
    long bytesIn,
    long bytesOut,
    long packetsIn,
    long packetsOut,
    long connectCount,
    long connectFailureCount,
    long disconnectCount,
    long refusalCount,
    long tokenRefusalCount,
    long reanchorCount,
    long stallCount,
    String lastRefusal) {
}
