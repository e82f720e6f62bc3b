import java.io.File;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.ArchiveTimeStamp;
import org.bouncycastle.asn1.tsp.ArchiveTimeStampChain;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;

/** Another hand's opinion of evidence records: DATA RECORD [DATA RECORD ...], one verdict a line. */
public class CheckRecords {
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 2) {
            byte[] data = Files.readAllBytes(new File(args[i]).toPath());
            byte[] record = Files.readAllBytes(new File(args[i + 1]).toPath());
            try {
                System.out.println("OK " + check(data, record) + " stamps");
            } catch (Exception error) {
                System.out.println("NO " + error);
            }
        }
    }

    static int check(byte[] data, byte[] record) throws Exception {
        DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
        ERSEvidenceRecord read = new ERSEvidenceRecord(record, digests);
        Date last = null;
        int stamps = 0;
        for (ArchiveTimeStampChain chain :
                read.toASN1Structure().getArchiveTimeStampSequence().getArchiveTimeStampChains()) {
            for (ArchiveTimeStamp stamp : chain.getArchiveTimestamps()) {
                TimeStampToken token = new TimeStampToken(ContentInfo.getInstance(stamp.getTimeStamp()));
                token.validate(verifier(token));
                last = token.getTimeStampInfo().getGenTime();
                stamps++;
            }
        }
        read.validatePresent(new ERSByteData(data), new Date(last.getTime() + 1000));
        read.validate(new JcaSimpleSignerInfoVerifierBuilder()
            .setProvider(new BouncyCastleProvider()).build(read.getSigningCertificate()));
        return stamps;
    }

    @SuppressWarnings("unchecked")
    static org.bouncycastle.cms.SignerInformationVerifier verifier(TimeStampToken token) throws Exception {
        Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
        return new JcaSimpleSignerInfoVerifierBuilder()
            .setProvider(new BouncyCastleProvider()).build(found.iterator().next());
    }
}
