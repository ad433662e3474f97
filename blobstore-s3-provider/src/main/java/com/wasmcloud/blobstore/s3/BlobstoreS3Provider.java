package com.wasmcloud.blobstore.s3;

import com.wasmcloud.contract.blobstore.BlobstoreContract;
import com.wasmcloud.provider.Provider;
import com.wasmcloud.wasmbus.Wasmbus;

/** Serves {@code wasmcloud:blobstore} from S3, with one client for each link. */
public final class BlobstoreS3Provider {
    private BlobstoreS3Provider() {}

    /** Runs the provider as the process that a host, or a person with host data in a file, starts. */
    public static void main(String... arguments) {
        provider().run(arguments);
    }

    /** The provider as a description, for running it inside another process; each one has threads of its own. */
    public static Provider provider() {
        return provider(new S3Runtime());
    }

    private static Provider provider(S3Runtime runtime) {
        return Provider.named("blobstore-s3")
                .speaks(Wasmbus.serves(
                        BlobstoreContract.INSTANCE, link -> S3Blobstore.open(link, S3Settings.of(link), runtime)));
    }
}
