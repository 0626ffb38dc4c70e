package io.orrery.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.frame.FrameWriter;
import io.orrery.transport.frame.ReplicationSchema;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicatedEntitiesTest {
    private static final long ALICE = 1_000;
    private static final long BOB = 2_000;
    private static final int NET_ID = 7;

    private final RecordingListener listener = new RecordingListener();
    private final ReplicatedEntities entities = new ReplicatedEntities(ReplicationSchema.STANDARD, listener);
    private final WorldPosition position = new WorldPosition();

    @Test
    void shouldKeepAStateAsBaselineWhenItsFrameComesLate() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(3, 2, writer -> writer.update(NET_ID, 2, at(100), 0, at(130), 0));

        final int late = frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));
        final int shownAfterLate = x(ALICE);
        final int next = frame(4, 2, writer -> writer.update(NET_ID, 2, at(110), 0, at(140), 0));

        assertThat(late).isEqualTo(ReplicatedEntities.LATE);
        assertThat(shownAfterLate).as("a newer frame has spoken of it").isEqualTo(130);
        assertThat(next).isEqualTo(ReplicatedEntities.NEWEST);
        assertThat(x(ALICE)).isEqualTo(140);
    }

    @Test
    void shouldMoveAnEntityByALateFrameWhenNoNewerOneSpokeOfIt() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(3, 0, writer -> writer.enter(8, BOB, at(500), 0));

        final int late = frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));

        assertThat(late).isEqualTo(ReplicatedEntities.LATE);
        assertThat(x(ALICE)).as("its last word, though frame 3 came first").isEqualTo(110);
        assertThat(entities.find(ALICE).frameNumber()).isEqualTo(2);
        assertThat(entities.find(ALICE).slot()).isEqualTo(2);
        assertThat(entities.newestFrameNumber()).isEqualTo(3);
    }

    @Test
    void shouldShowTheNewerOfTwoLateFramesWhicheverComesFirst() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(9, 0, writer -> { });

        frame(5, 4, writer -> writer.update(NET_ID, 4, at(100), 0, at(150), 0));
        frame(4, 3, writer -> writer.update(NET_ID, 3, at(100), 0, at(140), 0));
        final int shown = x(ALICE);
        frame(6, 2, writer -> writer.update(NET_ID, 2, at(140), 0, at(160), 0));

        assertThat(shown).isEqualTo(150);
        assertThat(x(ALICE)).isEqualTo(160);
    }

    @ParameterizedTest
    @ValueSource(longs = {0xFFFF_FFFDL, 0xFFFF_FFFEL, 0xFFFF_FFFFL, 0x7FFF_FFFDL, 0x7FFF_FFFEL, 0x7FFF_FFFFL})
    void shouldJudgeLateFramesRightlyWhenNumbersWrap(final long start) {
        wrapped(start, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        wrapped(start + 3, 0, writer -> writer.enter(8, BOB, at(500), 0));

        wrapped(start + 2, 2, writer -> writer.update(NET_ID, 2, at(100), 0, at(120), 0));
        wrapped(start + 1, 1, writer -> {
            writer.leave(8);
            writer.update(NET_ID, 1, at(100), 0, at(110), 0);
        });
        final int shown = x(ALICE);
        wrapped(start + 5, 0, writer -> { });
        wrapped(start + 4, 0, writer -> writer.leave(NET_ID));

        assertThat(shown).isEqualTo(120);
        assertThat(entities.find(ALICE)).isNull();
        assertThat(x(BOB)).isEqualTo(500);
    }

    @Test
    void shouldShowALateStateWhenItsRowIsThatOfTheStateShown() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(66, 0, writer -> { });

        frame(65, 0, writer -> writer.update(NET_ID, 0, at(0), 0, at(900), 0));

        assertThat(x(ALICE)).isEqualTo(900);
        assertThat(entities.find(ALICE).slot()).isEqualTo(65);
    }

    @Test
    void shouldStoreALateEnterWhenTheNetIdHoldsTheSameEntity() {
        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(120), 0));

        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        final int shown = x(ALICE);
        final int next = frame(3, 2, writer -> writer.update(NET_ID, 2, at(100), 0, at(105), 0));

        assertThat(shown).isEqualTo(120);
        assertThat(next).isEqualTo(ReplicatedEntities.NEWEST);
        assertThat(x(ALICE)).isEqualTo(105);
    }

    @Test
    void shouldIgnoreALateEnterWhenTheNetIdHoldsAnotherEntity() {
        frame(2, 0, writer -> writer.enter(NET_ID, BOB, at(120), 0));

        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));

        assertThat(entities.find(ALICE)).isNull();
        assertThat(x(BOB)).isEqualTo(120);
    }

    @Test
    void shouldIgnoreALateEnterWhenANewerFrameSaidThatItLeft() {
        frame(3, 0, writer -> writer.leave(NET_ID));

        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));

        assertThat(entities.count()).isZero();
    }

    @Test
    void shouldShowALateEnterWhenNewerFramesSaidNothingOfTheNetId() {
        frame(3, 0, writer -> { });

        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        final int next = frame(4, 2, writer -> writer.update(NET_ID, 2, at(100), 0, at(130), 0));

        assertThat(next).as("the server may build on it, because its packet was acknowledged").isEqualTo(ReplicatedEntities.NEWEST);
        assertThat(x(ALICE)).isEqualTo(130);
    }

    @Test
    void shouldReplaceTheHolderByALateEnterWhenNoNewerFrameSpokeOfTheNetId() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(4, 0, writer -> { });

        frame(3, 0, writer -> writer.enter(NET_ID, BOB, at(300), 0));
        frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));
        final int next = frame(5, 2, writer -> writer.update(NET_ID, 2, at(300), 0, at(310), 0));

        assertThat(entities.find(ALICE)).isNull();
        assertThat(next).isEqualTo(ReplicatedEntities.NEWEST);
        assertThat(x(BOB)).isEqualTo(310);
        assertThat(listener.lines).containsExactly("enter 1000", "leave 1000", "enter 2000");
    }

    @Test
    void shouldMoveAnEntityToAnotherNetIdByALateEnterWhenNoNewerFrameSpokeOfIt() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(4, 0, writer -> { });

        frame(3, 0, writer -> writer.enter(9, ALICE, at(300), 0));
        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(200), 0));

        assertThat(entities.count()).isEqualTo(1);
        assertThat(entities.find(ALICE).netId()).isEqualTo(9);
        assertThat(x(ALICE)).isEqualTo(300);
    }

    @Test
    void shouldLeaveOutALateEnterOfTheHoldersEarlierStayWhenItHasReturnedSince() {
        frame(1, 0, writer -> { });
        frame(5, 0, writer -> writer.leave(NET_ID));
        frame(9, 0, writer -> writer.enter(NET_ID, ALICE, at(900), 0));

        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(200), 0));
        final int late = frame(4, 0, writer -> writer.update(NET_ID, 0, at(0), 0, at(400), 0));
        entities.position(ALICE, 4, position);

        assertThat(late).isEqualTo(ReplicatedEntities.LATE);
        assertThat(x(ALICE)).isEqualTo(900);
        assertThat(position.xCm()).as("frame 4 may speak of another entity").isEqualTo(900);
    }

    @Test
    void shouldTakeAnEntityAwayByALateLeaveWhenNoNewerFrameSpokeOfIt() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(4, 0, writer -> { });

        frame(3, 0, writer -> writer.leave(NET_ID));
        final int late = frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));

        assertThat(late).isEqualTo(ReplicatedEntities.LATE);
        assertThat(entities.count()).isZero();
        assertThat(listener.lines).containsExactly("enter 1000", "leave 1000");
    }

    @Test
    void shouldIgnoreALateLeaveWhenANewerFrameSpokeOfTheEntity() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(3, 2, writer -> writer.update(NET_ID, 2, at(100), 0, at(130), 0));

        frame(2, 0, writer -> writer.leave(NET_ID));

        assertThat(x(ALICE)).isEqualTo(130);
    }

    @Test
    void shouldLeaveOutALateUpdateInSilenceWhenItsEntityHasLeft() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(3, 0, writer -> writer.leave(NET_ID));

        final int result = frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));

        assertThat(result).isEqualTo(ReplicatedEntities.LATE);
        assertThat(entities.count()).isZero();
    }

    @Test
    void shouldLeaveOutALateUpdateInSilenceWhenTheNetIdServesAnotherEntitySince() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(3, 0, writer -> {
            writer.leave(NET_ID);
            writer.enter(NET_ID, BOB, at(500), 0);
        });

        final int late = frame(2, 1, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));
        final int lacking = frame(4, 2, writer -> writer.update(NET_ID, 2, at(110), 0, at(115), 0));

        assertThat(late).isEqualTo(ReplicatedEntities.LATE);
        assertThat(lacking).as("states of an earlier holder are no baselines").isEqualTo(ReplicatedEntities.NEWEST_LACKING);
        assertThat(x(BOB)).isEqualTo(500);
    }

    @Test
    void shouldReplaceTheHolderWhenAnotherEntityEntersAtItsNetId() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));

        frame(2, 0, writer -> writer.enter(NET_ID, BOB, at(200), 0));

        assertThat(entities.find(ALICE)).isNull();
        assertThat(entities.count()).isEqualTo(1);
        assertThat(listener.lines).containsExactly("enter 1000", "leave 1000", "enter 2000");
    }

    @Test
    void shouldMoveAnEntityWhenItEntersAtAnotherNetId() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));

        frame(2, 0, writer -> writer.enter(9, ALICE, at(110), 0));
        frame(3, 0, writer -> writer.leave(NET_ID));

        assertThat(entities.count()).isEqualTo(1);
        assertThat(entities.find(ALICE).netId()).isEqualTo(9);
    }

    @Test
    void shouldChangeNothingWhenEntersAndLeavesAreRepeated() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(2, 0, writer -> writer.enter(NET_ID, ALICE, at(110), 0));
        final int shown = x(ALICE);
        frame(3, 0, writer -> writer.leave(NET_ID));
        frame(4, 0, writer -> writer.leave(NET_ID));

        assertThat(shown).isEqualTo(110);
        assertThat(listener.lines).containsExactly("enter 1000", "leave 1000");
    }

    @Test
    void shouldIgnoreAFrameWhenItIsTooOldOrCameBefore() {
        frame(40, 0, writer -> { });

        assertThat(frame(7, 0, writer -> writer.enter(1, ALICE, at(1), 0))).isEqualTo(ReplicatedEntities.IGNORED);
        assertThat(frame(8, 0, writer -> { })).isEqualTo(ReplicatedEntities.LATE);
        assertThat(frame(8, 0, writer -> { })).isEqualTo(ReplicatedEntities.IGNORED);
        assertThat(frame(40, 0, writer -> { })).isEqualTo(ReplicatedEntities.IGNORED);
        assertThat(entities.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0xFFFF_FFFEL, 0x7FFF_FFFEL})
    void shouldGoOnWhenNumbersAndSlotsWrap(final long start) {
        entities.onFrame(start, start, buffer(0, writer -> writer.enter(NET_ID, ALICE, at(100), 0)), 0, length);

        for (int i = 1; i < 200; i++) {
            final int step = i;
            final UnsafeBuffer body =
                buffer(1, writer -> writer.update(NET_ID, 1, at(100 + step - 1), 0, at(100 + step), 0));
            final long number = start + i & 0xFFFF_FFFFL;

            assertThat(entities.onFrame(number, number, body, 0, length)).isEqualTo(ReplicatedEntities.NEWEST);
            assertThat(entities.newestSlot()).isEqualTo(start + i);
            assertThat(x(ALICE)).isEqualTo(100 + i);
        }
    }

    @Test
    void shouldChangeNothingWhenAFrameIsMalformedAtItsEnd() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        final UnsafeBuffer body = buffer(1, writer -> {
            writer.leave(NET_ID);
            writer.enter(8, BOB, at(1), 0);
        });

        final int result = entities.onFrame(2, 2, body, 0, length - 1);

        assertThat(result).isEqualTo(ReplicatedEntities.MALFORMED);
        assertThat(entities.newestFrameNumber()).isEqualTo(1);
        assertThat(entities.find(ALICE)).isNotNull();
        assertThat(entities.find(BOB)).isNull();
    }

    @Test
    void shouldCallAFrameMalformedWhenADifferenceLeavesTheRangeOfItsField() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(0), 0));

        final int result = frame(2, 1, writer -> writer.update(NET_ID, 1, at(20), 0, at(10), 0));

        assertThat(result).isEqualTo(ReplicatedEntities.MALFORMED);
        assertThat(x(ALICE)).isZero();
    }

    @Test
    void shouldShowTheRestWhenABaselineIsUnknown() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));

        final int result = frame(5, 1, writer -> {
            writer.update(NET_ID, 1, at(100), 0, at(110), 0);
            writer.update(NET_ID + 1, 0, at(100), 0, at(110), 0);
        });

        assertThat(result).isEqualTo(ReplicatedEntities.NEWEST_LACKING);
        assertThat(x(ALICE)).isEqualTo(100);
        assertThat(entities.newestFrameNumber()).isEqualTo(5);
    }

    @Test
    void shouldKeepConstantFieldsWhenAnUpdateIsInFull() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, new int[] {5, 100, 100}, 0));

        frame(2, 0, writer -> writer.update(NET_ID, 0, at(0), 0, at(700), 0));

        assertThat(entities.find(ALICE).kind()).isEqualTo(5);
        assertThat(x(ALICE)).isEqualTo(700);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 100", "1, 100", "1.5, 105", "2, 110", "3, 125", "4, 140", "9, 140"})
    void shouldInterpolateBetweenTheStatesAroundATimeAndClampOutside(final double slotTime, final double expectedXCm) {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        frame(4, 0, writer -> writer.update(NET_ID, 3, at(100), 0, at(140), 0));
        frame(2, 0, writer -> writer.update(NET_ID, 1, at(100), 0, at(110), 0));

        final boolean isShown = entities.position(ALICE, slotTime, position);

        assertThat(isShown).isTrue();
        assertThat(position.xCm()).isEqualTo(expectedXCm);
        assertThat(position.yCm()).isEqualTo(2 * expectedXCm);
    }

    @Test
    void shouldSayWhereAnEntityStandsWhenNoRecentFrameSpokeOfIt() {
        frame(1, 0, writer -> writer.enter(NET_ID, ALICE, at(100), 0));
        for (int i = 2; i < 200; i++) {
            frame(i, 0, writer -> { });
        }

        assertThat(entities.position(ALICE, 150, position)).isTrue();
        assertThat(position.xCm()).isEqualTo(100);
        assertThat(entities.position(BOB, 150, position)).isFalse();
    }

    private int length;

    private int frame(final long number, final int age, final Consumer<FrameWriter> items) {
        final UnsafeBuffer body = buffer(age, items);
        return entities.onFrame(number, number, body, 0, length);
    }

    private void wrapped(final long number, final int age, final Consumer<FrameWriter> items) {
        assertThat(frame(number & 0xFFFF_FFFFL, age, items)).isGreaterThanOrEqualTo(ReplicatedEntities.LATE);
    }

    private UnsafeBuffer buffer(final int age, final Consumer<FrameWriter> items) {
        final byte[] body = Messages.body(age, items);
        length = body.length;
        return new UnsafeBuffer(body);
    }

    private int x(final long entityId) {
        return entities.find(entityId).xCm();
    }

    private static int[] at(final int xCm) {
        return new int[] {0, xCm, 2 * xCm};
    }
}
