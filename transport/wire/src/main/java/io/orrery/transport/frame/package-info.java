/**
 * The bit-packed body of frames: replication schema, bit writer and reader, frame writer and reader.
 *
 * <p>Runs on the replication threads (writing) and on clients' threads (reading); nothing is shared. May import Agrona and {@code platform}.
 */
package io.orrery.transport.frame;
