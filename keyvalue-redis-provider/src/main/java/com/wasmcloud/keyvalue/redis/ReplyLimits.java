package com.wasmcloud.keyvalue.redis;

import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.provider.support.Budget;
import io.lettuce.core.protocol.CommandHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answers of one connection within the link's memory, ahead of the client's own decoder, which would collect
 * whatever the server announces.
 *
 * <p>Follows the protocol just far enough to see every string announced. A large one is taken from the memory before it
 * arrives and collected here, in an array of its size; when there is no room, its request fails at once and the bytes are
 * skipped as they come. The decoder gets an empty string in its place, so that the connection stays in step. What arrays
 * of small strings add up to is counted in the same way. Other answers are passed on at once and not counted.
 *
 * <p>Runs on the event loop of the connection.
 */
final class ReplyLimits extends ChannelInboundHandlerAdapter {
    /** Strings below this size are left to the decoder; that is also how much of an array is counted at a time. */
    static final int LARGE = 64 * 1024;

    /** What an element of an array takes beside its bytes: headers of objects and references. */
    private static final int ELEMENT_OVERHEAD = 64;
    /** How large answers to the client's own commands, such as the list of a cluster's nodes, may be. */
    private static final long LARGEST_FOR_CLIENT = 16 * 1024 * 1024;

    private static final int LINE_END = 2;
    private static final String EMPTY_STRING = "$0\r\n\r\n";

    private final Budget.Share memory;
    private final ReplyLine line = new ReplyLine();

    /** Elements still to come of the answer that is being read, and whether it is an array. */
    private long elements;

    private boolean inArray;
    /** What elements of an array take that has not been taken from the memory yet. */
    private long uncounted;
    /** Bytes still to come of a string, its line end included. */
    private long body;
    /** For whom it is collected or skipped if it is large. */
    private @Nullable Request<?> reader;

    private byte @Nullable [] collected;
    private int collectedSize;

    ReplyLimits(Budget.Share memory) {
        this.memory = memory;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && context.channel().isOpen()) {
                if (body > 0 && reader != null) {
                    readLarge(context, bytes, reader);
                } else {
                    readSmall(context, bytes);
                }
            }
        } finally {
            bytes.release();
        }
    }

    private void readLarge(ChannelHandlerContext context, ByteBuf bytes, Request<?> request) {
        int part = (int) Math.min(body, bytes.readableBytes());
        if (request.isDone()) {
            collected = null;
        }
        if (collected != null) {
            int wanted = Math.min(part, collected.length - collectedSize); // without the line end
            bytes.getBytes(bytes.readerIndex(), collected, collectedSize, wanted);
            collectedSize += wanted;
        }
        bytes.skipBytes(part);
        body -= part;
        if (body == 0) {
            if (collected != null) {
                request.answer().collected(collected);
            }
            collected = null;
            reader = null;
            endOfElement();
            context.fireChannelRead(ascii(EMPTY_STRING));
        }
    }

    /** Reads on up to the next large string, and passes everything before it on. */
    private void readSmall(ChannelHandlerContext context, ByteBuf bytes) {
        int end = bytes.writerIndex();
        int at = bytes.readerIndex();
        while (at < end) {
            if (body > 0) {
                int part = (int) Math.min(body, end - at);
                at += part;
                body -= part;
                if (body == 0) {
                    endOfElement();
                }
                continue;
            }
            int begin = at;
            boolean resumed = line.isHeldBack();
            at = line.read(bytes, at, end);
            if (line.isHeldBack()) { // in case it is about a large string, the decoder gets it when it is complete
                pass(context, bytes, begin);
                bytes.readerIndex(end);
                return;
            }
            if (line.isBroken()) { // and the decoder says so
                pass(context, bytes, end);
                close(context);
                return;
            }
            if (!line.isComplete()) {
                continue;
            }
            beginElement();
            boolean large = line.isString() && line.number() >= LARGE;
            if (large || uncounted >= LARGE) {
                pass(context, bytes, begin); // now the answer to the first request in flight is being read
                if (large && beginLarge(context)) {
                    bytes.readerIndex(at);
                    return;
                }
                countElements(context);
            }
            if (resumed) {
                context.fireChannelRead(ascii(line.text()));
                bytes.readerIndex(at);
            }
            endOfLine();
        }
        pass(context, bytes, end);
    }

    private static void pass(ChannelHandlerContext context, ByteBuf bytes, int end) {
        int length = end - bytes.readerIndex();
        if (length > 0) {
            context.fireChannelRead(bytes.readRetainedSlice(length));
        }
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture unused = context.close();
    }

    private void beginElement() {
        if (elements == 0) {
            elements = 1;
            inArray = false;
            uncounted = 0;
        }
        if (inArray) {
            uncounted += ELEMENT_OVERHEAD;
            if (line.isString() && line.number() < LARGE) {
                uncounted += Math.max(0, line.number());
            }
        }
    }

    /** True when it is dealt with: what follows is for {@link #readLarge}, or the connection is closed. */
    private boolean beginLarge(ChannelHandlerContext context) {
        Request<?> request = firstInFlight(context);
        if (request == null) {
            if (line.number() > LARGEST_FOR_CLIENT) {
                close(context);
            }
            return line.number() > LARGEST_FOR_CLIENT;
        }
        int size = (int) line.number();
        line.clear();
        body = size + (long) LINE_END;
        reader = request;
        collectedSize = 0;
        if (request.hold(memory, size)) {
            collected = new byte[size];
        } else {
            request.abandon(overloaded(size));
        }
        return true;
    }

    private void countElements(ChannelHandlerContext context) {
        Request<?> request = firstInFlight(context);
        if (request != null && !request.hold(memory, uncounted)) {
            request.abandon(overloaded(uncounted));
        }
        uncounted = 0;
    }

    private void endOfLine() {
        if (line.isString() && line.number() >= 0) {
            body = line.number() + LINE_END;
        } else {
            if (line.isArray() && line.number() > 0) {
                inArray = true;
                elements += line.number();
            }
            endOfElement();
        }
        line.clear();
    }

    private void endOfElement() {
        elements--;
    }

    /** Null when that is a command of the client's own. */
    private static @Nullable Request<?> firstInFlight(ChannelHandlerContext context) {
        return Request.in(
                context.pipeline().get(CommandHandler.class).getStack().peek());
    }

    private static RpcException overloaded(long size) {
        return RpcException.of(
                Code.OVERLOADED,
                "overloaded: no memory for an answer of Redis with %d bytes and more; try again later".formatted(size));
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
