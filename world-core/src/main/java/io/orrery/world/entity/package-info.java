/**
 * Entities as numbers and columns: global ids and their allocators, local handles with generations, one primitive array for each field.
 *
 * <p>A store is written by the thread that owns its partition. May import {@code agrona} and {@code telemetry.record} only.
 */
package io.orrery.world.entity;
