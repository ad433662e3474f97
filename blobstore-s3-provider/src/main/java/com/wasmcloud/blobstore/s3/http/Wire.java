package com.wasmcloud.blobstore.s3.http;

import io.netty.channel.Channel;

/** What a request sees of the connection that it has. Used by the event loop. */
interface Wire {
    Channel channel();

    /** Asks for more. */
    void read();

    /** Looks at intervals whether the server still sends the body that is wanted. */
    void watchBody();

    /** The answer is complete. */
    void done(boolean reusable);

    /** The rest of the answer is not wanted, or will not come. */
    void close();
}
